# The bot's own words in Chinese (simplified). Not yet reviewed by a native reader.

# Commands. Names have 1 to 32 lower-case letters, descriptions 1 to 100 characters.

command-ask = 提问
    .description = 提出问题，得到从文章中原文引用的答案
    .question = 问题
    .question-description = 你的问题
    .article = 文章
    .article-description = 只搜索这篇文章（留空则搜索全部）
    .private = 私密
    .private-description = 只有你能看到答案
command-search = 搜索
    .description = 查找包含特定词语的段落
    .keywords = 关键词
    .keywords-description = 要查找的词；"引号"表示完整短语，-词 表示排除
    .article = 文章
    .article-description = 只搜索这篇文章（留空则搜索全部）
command-summary = 摘要
    .description = 用文章自己的句子概括文章
    .article = 文章
    .article-description = 哪篇文章（留空则为全部）
    .length = 长度
    .length-description = 摘要的长度
    .length-short = 短：约 3 句
    .length-medium = 中：约 6 句
    .length-long = 长：约 12 句，或长文章的五分之一
    .focus = 主题
    .focus-description = 只要关于这个主题的句子
    .private = 私密
    .private-description = 只有你能看到摘要
command-articles = 文章列表
    .description = 列出所有文章
command-article = 文章
    .description = 查看文章讲什么，并阅读它
    .name = 名称
    .name-description = 文章的标题
command-help = 帮助
    .description = 如何向我提问，附示例
command-about = 关于
    .description = 关于这个机器人：版本、文章和运行时间
command-reload = 重新加载
    .description = 重新加载文章（仅限机器人的管理者）
command-find = 在文章中查找
command-knowledge = 知识
    .description = 本服务器的文章（供管理服务器的人使用）
    .add = 添加
    .add-description = 添加我可以在本服务器引用的文件或网页
    .write = 写
    .write-description = 写一篇我可以在本服务器引用的文章
    .write-title = 标题
    .write-title-description = 标题：最好是成员会问的问题
    .forum = 论坛
    .forum-description = 引用本服务器论坛中的回答
    .forum-channel = 频道
    .forum-channel-description = 论坛
    .forum-role = 身份组
    .forum-role-description = 除置顶外，谁的回答算数（留空：仅置顶和已解决的）
    .list = 列表
    .list-description = 查看、编辑和移除本服务器的文章
    .try = 试问
    .try-description = 像成员一样提问，并查看为何这样回答
    .try-question = 问题
    .try-question-description = 要问的问题
    .try-role = 身份组
    .try-role-description = 作为拥有此身份组的成员（留空：没有身份组）
    .try-channel = 频道
    .try-channel-description = 如同在此频道提问（留空：当前频道）
command-teach = 添加到文章
command-insights = 待答
    .description = 我没能回答的问题（供管理服务器的人使用）
command-settings = 设置
    .description = 我在此服务器里的工作方式（供管理者使用）

# Answers.

certainty-very-likely = 很可能
certainty-likely = 可能
certainty-possibly = 也许
corrected = 已将“{ $typed }”读作“{ $read }”
or-this = 或者：
also-in = 也见于：{ $titles }
other-language = 文章的语言：{ $language }
place-paragraphs = { $path }，{ $count ->
   *[other] 第 { $numbers } 段
}
place-rows = { $path }，{ $count ->
   *[other] 第 { $numbers } 行
}
on-pages = { $count ->
   *[other] 第 { $numbers } 页
}
place-pages = { $path }，{ on-pages }
did-you-mean = 我不太确定。你是想问其中之一吗？
no-answer = { $articles ->
   *[other] 我查找了 { $articles } 篇文章，但没有找到答案。
}
no-answer-in-article = 我查找了“{ $title }”，但没有找到答案。
no-articles = 还没有文章。
purpose = 请就文章向我提问。/{ command-help } 会告诉你怎么做。
rephrase = 换个说法试试，或者写出你所指的人或事物的名称。
nearest-passages = 最接近的段落
show-passage = 显示完整段落
no-other-passages = 没有其他相关段落。

# Buttons and feedback.

sections = 小节：
read-on = 继续阅读
other-passages = 其他段落
share = 分享到频道
shared-by = 分享者：
follow-up = 继续提问
reply-withheld = 我无法读取这条回复：Discord 不会把对命令结果的回复发给我。请点击“{ follow-up }”，或在消息中提及我。
helpful = 👍 有帮助
not-helpful = 👎 没帮助
delete = 删除
summary = 摘要
longer = 更长
shorter = 更短
ask-about-this = 就此提问
read-in-article = 在文章中阅读
page-previous = 上一页
page-next = 下一页
page-number = 第 { $page } 页，共 { $pages } 页
feedback-helpful = 谢谢你的反馈！
feedback-not-helpful = 谢谢你的反馈！换个说法试试，或用 /{ command-search } 查找包含某个词的所有段落。

# Asking the helpers.

helpers = 这里也许有人知道：
ask-helpers = 询问协助者
helpers-asked = 已把问题转给协助者：
helpers-question = 我没有找到这个问题的答案。提问者：
helpers-refused = 我没有权限在协助者的频道发言。请直接去那里提问：
go-to-question = 前往问题

# Articles.

search-no-results = 没有段落包含这些词。
articles-title = 文章
articles-count = { $articles ->
   *[other] { $articles } 篇文章，{ $passages ->
       *[other] { $passages } 个段落
    }。向我提问吧！
}
open-article = 打开文章
no-such-article = 没有名为“{ $name }”的文章。你是想找其中之一吗？
no-article-called = 没有名为“{ $name }”的文章。/{ command-articles } 会列出全部文章。
more-headings = 以及另外 { $more } 个
article-does-not-say = “{ $title }”没有提到。
article-length = { $words ->
   *[other] { $words } 个词
} · 阅读约 { $minutes } 分钟
read = 阅读
download = 下载文本
original = 原文
file = 这是“{ $title }”的文本。
file-too-large = “{ $title }”太大，无法在 Discord 发送。点击“{ read }”逐页阅读。

# Summaries.

summary-verbatim = 句子均为原文引用。
summary-complete = 文章很短：这就是全文。
summary-off-topic = “{ $title }”没有谈到这个主题。
summary-impossible = 无法概括“{ $title }”。请用 /{ command-article } 阅读。
digest-off-topic = { $articles ->
   *[other] { $articles } 篇文章都没有谈到这个主题。
}
overview-title = 每篇文章一句话
key-phrases = 主题：{ $phrases }
ask-about-article = 用 /{ command-ask } 就“{ $title }”提问，或在下面选择一个问题。
pick-question = 选择问题或主题

# Help and about.

help-title = 向我询问文章的内容
help = { $articles ->
   *[other] 我知道 { $articles } 篇文章，并引用原文回答。请提及我并写下问题，点击答案下方的“{ follow-up }”，或给我发私信。
}
help-example = 例如：
help-message-command = 要查找一条消息的文字，请右键点击它（手机上长按），然后选择 APP › { command-find }。
example-question = 关于{ $topic }，已知哪些内容？
about = 我引用文章原文来回答问题。我不会编造任何内容，也不会把你的问题发送给其他服务。
about-version = 版本
about-articles = 文章
about-passages = 段落
about-uptime = 运行时间
about-latency = 延迟
about-source-code = 源代码
uptime-minutes = { $large } 分 { $small } 秒
uptime-hours = { $large } 小时 { $small } 分
uptime-days = { $large } 天 { $small } 小时

# Reloading.

reload-done = 文章已重新加载。
reload-unchanged = 文章已重新加载。没有变化。
reload-failed = 无法重新加载文章。继续使用之前的文章。
reload-added = 新增
reload-changed = 已更改
reload-removed = 已移除
reload-rejected = 无法使用

# Refusals and errors.

refused-too-long = 问题太长了。请不要超过 1,000 个字符。
refused-article-changed = 文章后来有改动。请重新提问。
refused-question-gone = 我看不到那个问题了。请重新提问。
refused-no-text = 这条消息没有可供查找的文字。
refused-unknown-component = 这个按钮来自我的另一个版本。请重新提问。
refused-unknown-command = 我不认识这个命令。Discord 可能需要一点时间才会显示我当前的命令。
refused-not-operator = 只有机器人的管理者可以使用这个命令。
refused-not-asker = 只有提问者和版主可以删除。
rate-limited = 你问得太快了。请在 { $seconds } 秒后再试。
failed = 出了点问题。请把这个代码告诉机器人的管理者：{ $id }
missing-permission = 要正常显示，我需要此频道的“{ $permission }”权限。
permission-embed = 嵌入链接
permission-embed-or-attach = 嵌入链接”或“附加文件

# The languages of articles.

language-ar = 阿拉伯语
language-be = 白俄罗斯语
language-bg = 保加利亚语
language-bn = 孟加拉语
language-ca = 加泰罗尼亚语
language-cs = 捷克语
language-da = 丹麦语
language-de = 德语
language-el = 希腊语
language-en = 英语
language-eo = 世界语
language-es = 西班牙语
language-et = 爱沙尼亚语
language-fa = 波斯语
language-fi = 芬兰语
language-fr = 法语
language-he = 希伯来语
language-hi = 印地语
language-hr = 克罗地亚语
language-hu = 匈牙利语
language-hy = 亚美尼亚语
language-id = 印度尼西亚语
language-it = 意大利语
language-ja = 日语
language-ka = 格鲁吉亚语
language-ko = 韩语
language-lt = 立陶宛语
language-lv = 拉脱维亚语
language-nb = 挪威语
language-ne = 尼泊尔语
language-nl = 荷兰语
language-pl = 波兰语
language-pt = 葡萄牙语
language-ro = 罗马尼亚语
language-ru = 俄语
language-sk = 斯洛伐克语
language-sl = 斯洛文尼亚语
language-sr = 塞尔维亚语
language-sv = 瑞典语
language-ta = 泰米尔语
language-th = 泰语
language-tr = 土耳其语
language-uk = 乌克兰语
language-vi = 越南语
language-zh = 中文

# 无人询问的回答，以及论坛帖子。

solved = ✅ 已解决
wrong = 👎 错误
solved-tagged = 很高兴能帮到你！我已将此帖标记为已解决。
solved-not-permitted = 很高兴能帮到你！要将帖子标记为已解决，我需要在此论坛拥有“{ $permission }”权限。
solved-failed = 很高兴能帮到你！我无法将此帖标记为已解决，请自行添加标签。
permission-manage-threads = 管理子区
refused-not-author = 只有发帖人和管理员可以将此帖标记为已解决。

# 服务器自己的人在 Discord 上写的文章。

permission-manage-server = 管理服务器
write-article = 写文章
edit-article = 编辑文章
article-title = 标题
article-title-hint = 最好是成员会问的问题
article-text = 正文
article-text-hint = 成员会看到一字不差的原文。可以使用 Markdown。
add-articles = 添加文章
add-files = 文件
add-files-hint = 最多五个：文本、网页、PDF、办公文档，或它们的 .zip
add-address = 网页地址
add-address-hint = 不上传文件时填写：https://… 站点地图、订阅源和 Git 仓库我每天会重新查看
draft-title = 添加到本服务器的文章？
draft-nothing = 其中没有可以作为文章的内容。
draft-passages = 可引用的段落：{ $passages }
draft-replaces = 替换 { $age }前添加的文章。新增段落：{ $new }，消失：{ $gone }
draft-dropped = 略去的部分（如导航）：{ $parts }
draft-more = 还有 { $more } 个
draft-left-out = 未添加：
draft-add = 添加
draft-replace = 替换
cancel = 取消
draft-added = 已添加。我现在会在本服务器引用它。
draft-discarded = 没有添加任何内容。
draft-changed = 本服务器的文章在此期间有变化。请再看一遍。
file-too-large = 超过 { $limit } MB，这是我保存的上限
file-format = 不是我能读的格式
file-damaged = 已损坏，或有密码保护
file-too-much = 压缩包里的内容太多
file-gone = Discord 已经没有这个文件了。请重新上传
file-unreachable = 目前无法下载。请一分钟后再试
file-address = 不是我能读取的地址。必须是以 https:// 开头的公开网页
refused-files-or-address = 上传文件或填写地址，二者选一。
refused-draft-gone = 这已经添加或取消过，或已超过一小时。请重新开始。
article-sample = 有人问“{ $title }”时，我会这样回答：
article-no-sample = 对于“{ $title }”，我没有把握的答案。正文里用上问题中的词会有帮助。
own-articles = 本服务器的文章
no-own-articles = 本服务器还没有自己的文章。用 /{ command-knowledge } { command-knowledge.write } 添加一篇。
own-articles-count = { $articles } 篇文章，最多 { $limit } 篇。
edit = 编辑
remove = 移除
undo = 撤销
article-removed = 已移除，我不再引用它。十分钟内可以撤销。
article-restored = 它回来了。
teaching-too-many = 本服务器已有 { $limit } 篇文章，这是我保存的上限。请先移除一篇。
teaching-too-large = 这篇文章超过 { $limit } MB，这是我保存的上限。
teaching-server-full = 本服务器的文章合计会超过 { $limit } MB，这是我保存的上限。请先移除一篇。
teaching-unavailable = 我目前无法访问保存的内容，所以没有任何变化。问题仍会得到回答。机器人的管理者可以在日志中找到原因。
teaching-disk-full = 我保存文章的磁盘已满，所以没有任何变化。问题仍会得到回答。请让机器人的管理者清理出一些空间。
refused-not-manager = 只有拥有“{ permission-manage-server }”权限的人才能查看和更改服务器的文章和设置，而且只能在该服务器里。
refused-nothing-entered = 文章需要不超过 100 个字符的标题和不超过 4,000 个字符的正文。
refused-own-article-gone = 这篇文章已经不在了，或者已更改。请重新打开列表。
refused-too-late-to-undo = 现在撤销已经太晚了。
gate = 谁可以看到
gate-roles = 身份组
gate-roles-hint = 拥有其中之一的成员。留空：所有身份组
gate-channels = 频道和论坛
gate-channels-hint = 在哪里引用（包括子区）。留空：所有地方
gate-open = 本服务器的所有人都可以看到。
tried = 成员看到的内容
tried-role = 身份组
tried-no-role = 没有身份组
tried-channel = 频道
tried-why = 原因
tried-words-alike = 相近的词
teaching-too-many-gates = 本服务器对“谁可以看到文章”已有 { $limit } 种设置，这是我保存的上限。请从中选择一种。
sources = 我会自行重新查看的来源：
source = 本服务器的来源
open-source = 打开来源
source-kind-page = 网页
source-kind-sitemap = 站点地图
source-kind-feed = 订阅源
source-kind-repository = Git 仓库
source-kind-forum = 论坛
source-daily = 我每天会重新查看：那里有什么变化，我就按新的内容引用。
source-forum-note = 所有人都能看到这个论坛，所以我会向所有人引用其中的回答。如果你隐藏论坛，我会随之调整。文章列表中的“谁可以看到”优先。我不保存名字。
source-forum-private = 并非所有人都能看到这个论坛，所以我只向能看到的人引用其中的回答。如果论坛的权限改变，我会随之调整。文章列表中的“谁可以看到”优先。我不保存名字。
source-forum-follows = 与论坛一致：随论坛的权限而变。
source-forum-chosen = 在此处指定，与论坛的权限无关。要随论坛的权限，请将两个字段都留空；要向所有人引用回答，请选择 @everyone。
source-later = 尚未读取：{ $pages }。添加后我会立即读取。
source-partly = 目前已读取：{ $all } 个页面中的 { $pages } 个。我每秒最多读取一个，全部读完后会引用其余页面。
source-added-partly = 尚待读取：{ $pages }。大约需要 { $time }；来源的卡片会显示进度。
source-pages = 页数：{ $pages }
source-pages-of = 页面：{ $pages }/{ $all }
source-changes = 上次查看：新增或更改 { $taken }，未变 { $unchanged }，跳过 { $skipped }，消失 { $gone }。
source-looked = { $age }前查看过，{ $next }后再次查看。
source-never = 我还没有查看过。
source-syncing = 我正在查看。请稍后再打开。
source-failed = 上次无法读取：{ $reason }
source-skipped = 已跳过：
source-sync = 立即查看
too-many-sources = 本服务器已有 { $limit } 个来源，这是我保存的上限。请先移除一个。
source-is-there = 这已经是本服务器的来源：它在文章列表中。
forum-no-content = 要读取论坛，我需要 Message Content Intent，由机器人的运营者与 AUTO_ANSWER_CHANNELS 一起开启。
forum-hidden = 我无法读取那个论坛。我需要查看它以及读取消息历史的权限。

# 没有答案的问题。

questions = 没有答案的问题
no-questions = 这里是空的：所有问题都已回答，或者还没有人提问。
questions-asked = 最近 { $days } 天的问题：{ $count }
questions-answered = 已回答：{ $count }
questions-unanswered = 未回答：{ $count }
questions-picture = 按天统计的问题柱状图，{ $first } 至 { $last }：共 { $asked } 个问题，其中 { $answered } 个已回答。单日最多：{ $most } 个。
question-details = 问过 { $count } 次，最近一次 { $date }
open-question = 打开问题
question-wordings = 也这样问过：
question-nearest = 最接近的段落：
question-answered-now = 我现在这样回答：
write-answer = 写答案
not-for-us = 与我们无关的问题
question-dismissed = 已隐藏，我不再统计这个问题。
question-reopened = 它又回到列表中了。
misleading = 误导人的段落
no-misleading = 没有人把回答评为没帮助。
most-quoted = 引用最多的文章
not-quoted = 未被引用的文章
quotes-summary = 过去 { $days } 天被引用的文章:{ $quoted } / { $articles }
quotes-since = 自 { $date } 起统计。
no-quotes = 这段时间内我没有引用任何文章。
all-quoted = 这段时间内我引用了所有文章。
no-quotes-counted = 尚未统计到任何回答。
article-shared = 所有服务器共用
answer-chosen-here = 由本服务器的管理团队选定
choose-answer = 以后都这样回答……
answer-chosen = 这个问题我会这样回答：
answer-unchosen = 我会重新自己寻找这个问题的答案。
unchoose-answer = 不再这样回答
chosen-answers = 选定的答案
no-chosen-answers = 还没有人选定答案。请打开一个没有答案的问题，或点击回答下方的“{ other-passages }”。
chosen-answer-gone = 选定的段落已更改或不存在：我会自己寻找答案。
too-many-chosen = 本服务器已选定 { $limit } 个答案，这是我保存的上限。请先放弃一个。
export = 导出
questions-file = 这是包含这些问题的文件。
refused-unanswered-gone = 这个问题已经不在列表中了。请重新打开列表。

# 服务器的设置。

settings-title = 此服务器的设置
settings-hint = 每次选择都会立即保存。未选择的项目遵循机器人运营者的设置。
setting-none = 无
setting-not-chosen = 此处未选择
setting-private = 命令的回答
setting-private-yes = 只有提问者能看到
setting-private-no = 所有人都能看到
setting-shared = 所有服务器共用的文章
setting-shared-yes = 会引用
setting-shared-no = 不引用
setting-threads = 在单独的子区中回答
setting-threads-yes = 是
setting-threads-no = 否
setting-unasked = 不用问也会回答的频道
setting-unasked-off = 我收不到不是发给我的消息。机器人运营者可以用 AUTO_ANSWER_CHANNELS 更改
setting-sure = 为此需要的把握
setting-sure-from = { $percent } % 或以上
setting-language = 语言
setting-language-automatic = 服务器在 Discord 上的语言
setting-helpers = 协助者的频道
setting-digest = 每周摘要
setting-digest-refused = 我无法在那里发言。请重新选择频道
weekly-most-asked = 未得到回答的问题中问得最多的
setting-kept = 保留的未答问题
setting-kept-all = 全部，包括私密的
setting-kept-public = 所有人都能看到的
setting-kept-none = 不保留
setting-days = 保留时间
setting-several = 我显示的未回答问题
setting-several-yes = 同一天有两个人问过的
setting-several-no = 全部
set-several-yes = 只显示两个人问过的问题
set-several-no = 显示所有问题
questions-of-one = 因同一天问的人不足两个而未显示的问题:{ $count }
set-private-yes = 私密回答
set-private-no = 公开回答
set-shared-yes = 引用共用文章
set-shared-no = 不引用共用文章
set-threads-yes = 在子区中回答
set-threads-no = 不用子区回答
pick-unasked = 不用问也会回答的频道
settings-answers = 回答方式
settings-questions = 协助者与问题
settings-reset = 遵循运营者
setting-days-count = { $days } 天
