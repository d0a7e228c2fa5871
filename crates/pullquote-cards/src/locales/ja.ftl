# The bot's own words in Japanese. Not yet reviewed by a native reader.

# Commands. Names have 1 to 32 lower-case letters, descriptions 1 to 100 characters.

command-ask = 質問
    .description = 質問すると、記事から引用した答えが返ってきます
    .question = 質問
    .question-description = 質問の内容
    .article = 記事
    .article-description = この記事だけを検索（空欄ならすべて）
    .private = 非公開
    .private-description = 答えは自分だけに表示されます
command-search = 検索
    .description = 特定の言葉を含む箇所を探します
    .keywords = 言葉
    .keywords-description = 探す言葉。"引用符"で完全一致、-言葉 で除外
    .article = 記事
    .article-description = この記事だけを検索（空欄ならすべて）
command-summary = 要約
    .description = 記事をその文章のまま要約します
    .article = 記事
    .article-description = どの記事か（空欄ならすべて）
    .length = 長さ
    .length-description = 要約の長さ
    .length-short = 短め：約3文
    .length-medium = 普通：約6文
    .length-long = 長め：約12文、または長い記事の5分の1
    .focus = 話題
    .focus-description = この話題についての文だけ
    .private = 非公開
    .private-description = 要約は自分だけに表示されます
command-articles = 記事一覧
    .description = すべての記事を一覧表示します
command-article = 記事
    .description = 記事の内容を確認して読みます
    .name = 名前
    .name-description = 記事のタイトル
command-help = ヘルプ
    .description = 質問のしかたと例
command-about = 情報
    .description = このボットについて：バージョン、記事、稼働時間
command-reload = 再読み込み
    .description = 記事を読み込み直します（ボットの管理者のみ）
command-find = 記事から探す
command-knowledge = 知識
    .description = このサーバーの記事（サーバーを管理する人向け）
    .add = 追加
    .add-description = このサーバーで引用できるファイルやページを追加します
    .write = 書く
    .write-description = このサーバーで引用できる記事を書きます
    .write-title = タイトル
    .write-title-description = タイトル：メンバーが尋ねるとおりの質問が最適です
    .forum = フォーラム
    .forum-description = このサーバーのフォーラムの回答を引用します
    .forum-channel = チャンネル
    .forum-channel-description = フォーラム
    .forum-role = ロール
    .forum-role-description = ピン留め以外に、誰の回答を使うか（空欄：ピン留めと解決済みのみ）
    .list = 一覧
    .list-description = このサーバーの記事を見る、編集する、削除する
    .try = 試す
    .try-description = メンバーと同じように質問し、その回答になる理由を見ます
    .try-question = 質問
    .try-question-description = 質問の内容
    .try-role = ロール
    .try-role-description = このロールのメンバーとして（空欄：ロールなし）
    .try-channel = チャンネル
    .try-channel-description = このチャンネルで質問したとして（空欄：ここ）
command-teach = 記事に追加
command-insights = 未回答
    .description = 答えられなかった質問（サーバーを管理する人向け）
command-settings = 設定
    .description = このサーバーでの動作（サーバーを管理する人向け）

# Answers.

certainty-very-likely = 可能性が非常に高い
certainty-likely = 可能性が高い
certainty-possibly = 可能性あり
corrected = 「{ $typed }」を「{ $read }」と読みました
or-this = または：
also-in = こちらにもあります：{ $titles }
other-language = 記事の言語：{ $language }
place-paragraphs = { $path }、{ $count ->
   *[other] 段落 { $numbers }
}
place-rows = { $path }、{ $count ->
   *[other] 行 { $numbers }
}
on-pages = { $count ->
   *[other] ページ { $numbers }
}
place-pages = { $path }、{ on-pages }
did-you-mean = はっきりしません。この中にお探しのものはありますか？
no-answer = { $articles ->
   *[other] { $articles } 件の記事を探しましたが、答えは見つかりませんでした。
}
no-answer-in-article = 「{ $title }」を探しましたが、答えは見つかりませんでした。
no-articles = まだ記事がありません。
purpose = 記事について質問してください。質問のしかたは /{ command-help } で確認できます。
rephrase = 別の言い方を試すか、人や物の名前を入れてみてください。
nearest-passages = 近い箇所
show-passage = 該当箇所をすべて表示
no-other-passages = これについて、ほかの箇所はありません。

# Buttons and feedback.

sections = 項目：
read-on = 続きを読む
other-passages = ほかの箇所
share = チャンネルで共有
shared-by = 共有した人：
follow-up = 続けて質問
reply-withheld = この返信は読めません。Discordは、コマンドの結果への返信をボットに送らないためです。「{ follow-up }」を押すか、メッセージでメンションしてください。
helpful = 👍 役に立った
not-helpful = 👎 役に立たない
delete = 削除
summary = 要約
longer = 長く
shorter = 短く
ask-about-this = これについて質問
read-in-article = 記事で読む
page-previous = 戻る
page-next = 次へ
page-number = { $page } / { $pages } ページ
feedback-helpful = フィードバックありがとうございます！
feedback-not-helpful = フィードバックありがとうございます！別の言い方を試すか、/{ command-search } で言葉を含む箇所をすべて探してみてください。

# Asking the helpers.

helpers = こちらで聞くと分かるかもしれません：
ask-helpers = スタッフに聞く
helpers-asked = 質問をスタッフに伝えました：
helpers-question = この質問の答えは見つかりませんでした。質問した人：
helpers-refused = スタッフのチャンネルに書き込む権限がありません。こちらで直接聞いてください：
go-to-question = 質問に移動

# Articles.

search-no-results = これらの言葉を含む箇所はありません。
articles-title = 記事
articles-count = { $articles ->
   *[other] 記事 { $articles } 件、{ $passages ->
       *[other] { $passages } か所
    }。何でも聞いてください！
}
open-article = 記事を開く
no-such-article = 「{ $name }」という記事はありません。この中にありますか？
no-article-called = 「{ $name }」という記事はありません。/{ command-articles } で一覧を見られます。
more-headings = ほか { $more } 件
article-does-not-say = 「{ $title }」には書かれていません。
article-length = { $words ->
   *[other] { $words } 語
} · 約 { $minutes } 分で読めます
read = 読む
download = テキストをダウンロード
original = 元の記事
file = 「{ $title }」のテキストです。
file-too-large = 「{ $title }」は大きすぎてDiscordで送れません。「{ read }」を押すと、ページごとに読めます。

# Summaries.

summary-verbatim = 記事の文をそのまま引用しています。
summary-complete = 短い記事のため、これが全文です。
summary-off-topic = 「{ $title }」には、この話題についての記述がありません。
summary-impossible = 「{ $title }」は要約できません。/{ command-article } で読めます。
digest-off-topic = { $articles ->
   *[other] { $articles } 件の記事には、この話題についての記述がありません。
}
overview-title = 各記事から1文ずつ
key-phrases = 話題：{ $phrases }
ask-about-article = /{ command-ask } で「{ $title }」について質問するか、下から質問を選んでください。
pick-question = 質問か話題を選ぶ

# Help and about.

help-title = 記事について聞いてください
help = { $articles ->
   *[other] { $articles } 件の記事をもとに、そのまま引用して答えます。質問と一緒にメンションするか、答えの下の「{ follow-up }」を押すか、ダイレクトメッセージを送ってください。
}
help-example = 例：
help-message-command = メッセージの文章を調べるには、右クリック（スマートフォンでは長押し）して、アプリ › { command-find } を選んでください。
example-question = { $topic } について何が分かっていますか？
about = 記事をそのまま引用して質問に答えます。作り話はせず、質問をほかのサービスに送ることもありません。
about-version = バージョン
about-articles = 記事
about-passages = 箇所
about-uptime = 稼働時間
about-latency = レイテンシ
about-source-code = ソースコード
uptime-minutes = { $large } 分 { $small } 秒
uptime-hours = { $large } 時間 { $small } 分
uptime-days = { $large } 日 { $small } 時間

# Reloading.

reload-done = 記事を読み込み直しました。
reload-unchanged = 記事を読み込み直しました。変更はありません。
reload-failed = 記事を読み込み直せませんでした。これまでの記事を使い続けます。
reload-added = 追加
reload-changed = 変更
reload-removed = 削除
reload-rejected = 使用不可

# Refusals and errors.

refused-too-long = 質問が長すぎます。1,000文字以内でお願いします。
refused-article-changed = その後、記事が変更されました。もう一度質問してください。
refused-question-gone = 質問が見えなくなりました。もう一度質問してください。
refused-no-text = このメッセージには検索できる文章がありません。
refused-unknown-component = このボタンは別のバージョンのものです。もう一度質問してください。
refused-unknown-command = このコマンドは分かりません。Discordが最新のコマンドを表示するまで、少し時間がかかることがあります。
refused-not-operator = このコマンドを使えるのはボットの管理者だけです。
refused-not-asker = これを削除できるのは、質問した人とモデレーターだけです。
rate-limited = 質問が速すぎます。{ $seconds } 秒後にもう一度お試しください。
failed = 問題が発生しました。ボットの管理者にこのコードを伝えてください：{ $id }
missing-permission = 正しく表示するには、このチャンネルで「{ $permission }」の権限が必要です。
permission-embed = 埋め込みリンク
permission-embed-or-attach = 埋め込みリンク」または「ファイルを添付

# The languages of articles.

language-ar = アラビア語
language-be = ベラルーシ語
language-bg = ブルガリア語
language-bn = ベンガル語
language-ca = カタロニア語
language-cs = チェコ語
language-da = デンマーク語
language-de = ドイツ語
language-el = ギリシャ語
language-en = 英語
language-eo = エスペラント語
language-es = スペイン語
language-et = エストニア語
language-fa = ペルシア語
language-fi = フィンランド語
language-fr = フランス語
language-he = ヘブライ語
language-hi = ヒンディー語
language-hr = クロアチア語
language-hu = ハンガリー語
language-hy = アルメニア語
language-id = インドネシア語
language-it = イタリア語
language-ja = 日本語
language-ka = ジョージア語
language-ko = 韓国語
language-lt = リトアニア語
language-lv = ラトビア語
language-nb = ノルウェー語
language-ne = ネパール語
language-nl = オランダ語
language-pl = ポーランド語
language-pt = ポルトガル語
language-ro = ルーマニア語
language-ru = ロシア語
language-sk = スロバキア語
language-sl = スロベニア語
language-sr = セルビア語
language-sv = スウェーデン語
language-ta = タミル語
language-th = タイ語
language-tr = トルコ語
language-uk = ウクライナ語
language-vi = ベトナム語
language-zh = 中国語

# 質問されていない回答と、フォーラムの投稿。

solved = ✅ 解決済み
wrong = 👎 間違い
solved-tagged = お役に立ててよかったです！この投稿を解決済みにしました。
solved-not-permitted = お役に立ててよかったです！投稿を解決済みにするには、このフォーラムで「{ $permission }」の権限が必要です。
solved-failed = お役に立ててよかったです！この投稿を解決済みにできませんでした。タグはご自分で付けてください。
permission-manage-threads = スレッドの管理
refused-not-author = 解決済みにできるのは、投稿者とモデレーターだけです。

# サーバーの人たちがDiscordで書く、そのサーバーの記事。

permission-manage-server = サーバー管理
write-article = 記事を書く
edit-article = 記事を編集
article-title = タイトル
article-title-hint = メンバーが尋ねるとおりの質問が最適です
article-text = 本文
article-text-hint = メンバーには一字一句そのまま表示されます。Markdownが使えます。
add-articles = 記事を追加
add-files = ファイル
add-files-hint = 5つまで：テキスト、ページ、PDF、オフィス文書、またはその.zip
add-address = ページのアドレス
add-address-hint = ファイルの代わりに：https://… サイトマップ、フィード、Gitリポジトリは毎日読み直します
draft-title = このサーバーの記事に追加しますか？
draft-nothing = 記事にできるものがありません。
draft-passages = 引用できる箇所：{ $passages }
draft-replaces = { $age }前に追加された記事を置き換えます。新しい箇所：{ $new }、なくなる箇所：{ $gone }
draft-dropped = ナビゲーションなど、除いた部分：{ $parts }
draft-more = ほかに{ $more }件
draft-left-out = 追加されないもの：
draft-add = 追加
draft-replace = 置き換える
cancel = キャンセル
draft-added = 追加しました。このサーバーで引用します。
draft-discarded = 何も追加しませんでした。
draft-changed = その間にこのサーバーの記事が変わりました。もう一度確認してください。
file-too-large = 保存できる上限の{ $limit } MBを超えています
file-format = 読めない形式です
file-damaged = 壊れているか、パスワードで保護されています
file-too-much = アーカイブの中身が多すぎます
file-gone = Discordにファイルがもうありません。もう一度アップロードしてください
file-unreachable = 今はダウンロードできません。1分後にもう一度試してください
file-address = 読めるアドレスではありません。https://で始まる公開ページにしてください
refused-files-or-address = ファイルをアップロードするか、アドレスを入力してください。どちらか一方です。
refused-draft-gone = すでに追加またはキャンセルされたか、1時間以上たっています。最初からやり直してください。
article-sample = 「{ $title }」と聞かれたら、こう答えます：
article-no-sample = 「{ $title }」への確かな答えがありません。本文に質問の言葉を使うと見つかりやすくなります。
own-articles = このサーバーの記事
no-own-articles = このサーバーにはまだ独自の記事がありません。/{ command-knowledge } { command-knowledge.write } で追加できます。
own-articles-count = { $articles }件（最大{ $limit }件）
edit = 編集
remove = 削除
undo = 元に戻す
article-removed = 削除しました。もう引用しません。10分間は元に戻せます。
article-restored = 元に戻しました。
teaching-too-many = このサーバーには、保存できる上限の{ $limit }件の記事があります。先にどれかを削除してください。
teaching-too-large = 記事が、保存できる上限の{ $limit } MBを超えています。
teaching-server-full = このサーバーの記事の合計が、保存できる上限の{ $limit } MBを超えてしまいます。先にどれかを削除してください。
teaching-unavailable = 今は保存場所を利用できないため、何も変わっていません。質問には引き続き答えます。ボットの管理者はログで理由を確認できます。
teaching-disk-full = 記事を保存するディスクがいっぱいのため、何も変わっていません。質問には引き続き答えます。ボットの管理者に空き容量を増やすよう頼んでください。
refused-not-manager = サーバーの記事や設定を見たり変えたりできるのは、「{ permission-manage-server }」の権限がある人だけで、そのサーバーの中だけです。
refused-nothing-entered = 記事には100文字以内のタイトルと4,000文字以内の本文が必要です。
refused-own-article-gone = この記事はもうないか、変更されています。一覧を開き直してください。
refused-too-late-to-undo = もう元に戻せません。
gate = 見られる人
gate-roles = ロール
gate-roles-hint = いずれかを持つメンバー。空欄：すべてのロール
gate-channels = チャンネルとフォーラム
gate-channels-hint = 引用される場所（スレッドを含む）。空欄：どこでも
gate-open = このサーバーの全員が見られます。
tried = メンバーに見える内容
tried-role = ロール
tried-no-role = ロールなし
tried-channel = チャンネル
tried-why = 理由
tried-words-alike = 似ている単語
teaching-too-many-gates = 記事を見られる人の指定は{ $limit }種類までです。すでにあるものから選んでください。
sources = 自動で読み直すソース：
source = このサーバーのソース
open-source = ソースを開く
source-kind-page = ページ
source-kind-sitemap = サイトマップ
source-kind-feed = フィード
source-kind-repository = Gitリポジトリ
source-kind-forum = フォーラム
source-daily = 毎日読み直し、変わった内容はその時点のとおりに引用します。
source-forum-note = このフォーラムは全員に見えるので、全員に回答を引用します。フォーラムを非公開にすると、それに従います。記事一覧の「見られる人」での指定が優先されます。名前は保存しません。
source-forum-private = このフォーラムは全員に見えるわけではないので、見える人にだけ回答を引用します。フォーラムの権限が変わると、それに従います。記事一覧の「見られる人」での指定が優先されます。名前は保存しません。
source-forum-follows = フォーラムと同じです（フォーラムの権限に従います）。
source-forum-chosen = フォーラムの権限に関係なく、ここで指定されています。フォーラムの権限に従うには両方の欄を空に、全員に引用するには @everyone を選んでください。
source-later = まだ読んでいないページ：{ $pages }。追加されたらすぐに読みます。
source-partly = これまでに読んだページ：{ $all } 中 { $pages }。毎秒 1 ページまで読み、残りはすべて読み終えてから引用します。
source-added-partly = これから読むページ：{ $pages }。約 { $time }かかります。進み具合はソースのカードで確認できます。
source-pages = ページ数：{ $pages }
source-pages-of = ページ：{ $pages }/{ $all }
source-changes = 前回：新規・変更 { $taken }、変更なし { $unchanged }、スキップ { $skipped }、削除 { $gone }。
source-looked = { $age }前に読みました。次は{ $next }後です。
source-never = まだ読んでいません。
source-syncing = 今読んでいます。しばらくしてからもう一度開いてください。
source-failed = 前回は読めませんでした：{ $reason }
source-skipped = スキップしたもの：
source-sync = 今すぐ読む
too-many-sources = このサーバーには、保存できる上限の{ $limit }件のソースがあります。先にどれかを削除してください。
source-is-there = これはすでにこのサーバーのソースです。記事一覧にあります。
forum-no-content = フォーラムを読むには Message Content Intent が必要です。ボットの運営者が AUTO_ANSWER_CHANNELS と一緒に有効にします。
forum-hidden = そのフォーラムを読めません。閲覧とメッセージ履歴を読む権限が必要です。

# 答えのない質問。

questions = 答えのない質問
no-questions = ここには何もありません。すべての質問に答えたか、まだ質問がありません。
questions-asked = この{ $days }日間の質問: { $count }
questions-answered = 答えた質問: { $count }
questions-unanswered = 答えのない質問: { $count }
questions-picture = 日ごとの質問数の棒グラフ、{ $first }から{ $last }まで: 質問{ $asked }件、うち回答済み{ $answered }件。1日の最多: { $most }件。
question-details = { $count }回、最後は{ $date }
open-question = 質問を開く
question-wordings = ほかの聞き方:
question-nearest = いちばん近い箇所:
question-answered-now = 今はこう答えます:
write-answer = 答えを書く
not-for-us = 対象外の質問
question-dismissed = 隠しました。この質問はもう数えません。
question-reopened = 一覧に戻しました。
misleading = 誤解を招く箇所
no-misleading = 「役に立たない」と評価された答えはありません。
most-quoted = よく引用された記事
not-quoted = 引用されていない記事
quotes-summary = 過去{ $days }日間に引用された記事:{ $articles }件中{ $quoted }件
quotes-since = { $date }から集計しています。
no-quotes = この期間に引用した記事はありません。
all-quoted = この期間にすべての記事を引用しました。
no-quotes-counted = まだ回答は集計されていません。
article-shared = 全サーバー共通
answer-chosen-here = このサーバーの運営が選んだ回答
choose-answer = 今後の回答を選ぶ…
answer-chosen = この質問には次のように答えます：
answer-unchosen = この質問の答えは、また自動で探します。
unchoose-answer = この回答をやめる
chosen-answers = 選んだ回答
no-chosen-answers = まだ回答は選ばれていません。回答のない質問を開くか、回答の下の「{ other-passages }」を押してください。
chosen-answer-gone = 選んだ箇所が変わったか、なくなりました。答えは自動で探します。
too-many-chosen = 選んだ回答は{ $limit }件までです。先にどれかをやめてください。
export = 書き出す
questions-file = 質問のファイルです。
refused-unanswered-gone = この質問はもう一覧にありません。一覧を開き直してください。

# サーバーの設定。

settings-title = このサーバーの設定
settings-hint = 選ぶとすぐに保存されます。選んでいないものはボットの運営者の設定に従います。
setting-none = なし
setting-not-chosen = ここでは未選択
setting-private = コマンドへの回答
setting-private-yes = 質問した人だけに見えます
setting-private-no = 全員に見えます
setting-shared = 全サーバー共通の記事
setting-shared-yes = 引用します
setting-shared-no = 引用しません
setting-threads = 専用スレッドでの回答
setting-threads-yes = はい
setting-threads-no = いいえ
setting-unasked = 聞かれなくても答えるチャンネル
setting-unasked-off = 私宛てでないメッセージは届きません。ボットの運営者が AUTO_ANSWER_CHANNELS で変更できます
setting-sure = そのために必要な確かさ
setting-sure-from = { $percent } % 以上
setting-language = 言語
setting-language-automatic = Discord のサーバーの言語
setting-helpers = スタッフのチャンネル
setting-digest = 週間まとめ
setting-digest-refused = そこに書き込めませんでした。チャンネルを選び直してください
weekly-most-asked = 回答できなかった質問で最も多いもの
setting-kept = 保存する未回答の質問
setting-kept-all = すべて（非公開のものも）
setting-kept-public = 全員に見えたもの
setting-kept-none = なし（保存しない）
setting-days = 保存期間
setting-several = 表示する未回答の質問
setting-several-yes = 同じ日に2人が尋ねたもの
setting-several-no = すべて
set-several-yes = 2人が尋ねた質問だけ表示
set-several-no = すべての質問を表示
questions-of-one = 同じ日に2人が尋ねていないため表示しない質問:{ $count }件
set-private-yes = 自分だけに回答
set-private-no = 全員に回答
set-shared-yes = 共通の記事を引用する
set-shared-no = 共通の記事を引用しない
set-threads-yes = スレッドで回答
set-threads-no = スレッドなしで回答
pick-unasked = 聞かれなくても答えるチャンネルを選ぶ
settings-answers = 回答のしかた
settings-questions = スタッフと質問
settings-reset = 運営者の設定に従う
setting-days-count = { $days } 日間
