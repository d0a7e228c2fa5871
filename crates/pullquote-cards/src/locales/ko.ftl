# The bot's own words in Korean. Not yet reviewed by a native reader.

# Commands. Names have 1 to 32 lower-case letters, descriptions 1 to 100 characters.

command-ask = 질문
    .description = 질문하면 글에서 그대로 인용한 답을 받아요
    .question = 질문
    .question-description = 질문 내용
    .article = 글
    .article-description = 이 글에서만 찾기 (비워 두면 전체)
    .private = 비공개
    .private-description = 답이 나에게만 보여요
command-search = 검색
    .description = 특정 단어가 들어 있는 구절을 찾아요
    .keywords = 단어
    .keywords-description = 찾을 단어. "따옴표"는 정확한 문구, -단어는 제외
    .article = 글
    .article-description = 이 글에서만 찾기 (비워 두면 전체)
command-summary = 요약
    .description = 글을 원래 문장 그대로 요약해요
    .article = 글
    .article-description = 어떤 글 (비워 두면 전체)
    .length = 길이
    .length-description = 요약 길이
    .length-short = 짧게: 약 3문장
    .length-medium = 보통: 약 6문장
    .length-long = 길게: 약 12문장, 또는 긴 글의 5분의 1
    .focus = 주제
    .focus-description = 이 주제에 관한 문장만
    .private = 비공개
    .private-description = 요약이 나에게만 보여요
command-articles = 글목록
    .description = 모든 글을 보여 줘요
command-article = 글
    .description = 글이 무슨 내용인지 보고 읽어요
    .name = 이름
    .name-description = 글 제목
command-help = 도움말
    .description = 질문하는 방법과 예시
command-about = 정보
    .description = 이 봇에 대하여: 버전, 글, 가동 시간
command-reload = 새로고침
    .description = 글을 다시 불러와요 (봇 운영자 전용)
command-find = 글에서 찾기
command-knowledge = 지식
    .description = 이 서버의 글 (서버를 관리하는 사람용)
    .add = 추가
    .add-description = 이 서버에서 인용할 수 있는 파일이나 페이지를 추가해요
    .write = 쓰기
    .write-description = 이 서버에서 인용할 수 있는 글을 써요
    .write-title = 제목
    .write-title-description = 제목: 멤버가 묻는 그대로의 질문이 가장 좋아요
    .forum = 포럼
    .forum-description = 이 서버 포럼의 답변을 인용해요
    .forum-channel = 채널
    .forum-channel-description = 포럼
    .forum-role = 역할
    .forum-role-description = 고정된 것 말고 누구의 답변을 쓸지 (비우면 고정되거나 해결된 것만)
    .list = 목록
    .list-description = 이 서버의 글과 설정을 보고, 고치고, 지워요
    .try = 시험
    .try-description = 멤버처럼 질문하고 답이 그렇게 나온 이유를 봐요
    .try-question = 질문
    .try-question-description = 질문 내용
    .try-role = 역할
    .try-role-description = 이 역할이 있는 멤버로 (비우면 역할 없이)
    .try-channel = 채널
    .try-channel-description = 이 채널에서 질문한 것처럼 (비우면 여기)
command-teach = 글에 추가
command-insights = 미답변
    .description = 답하지 못한 질문 (서버를 관리하는 사람용)
command-settings = 설정
    .description = 이 서버에서 제가 일하는 방식 (서버를 관리하는 사람용)

# Answers.

certainty-very-likely = 가능성 매우 높음
certainty-likely = 가능성 높음
certainty-possibly = 가능성 있음
corrected = “{ $typed }” → “{ $read }”(으)로 읽었어요
or-this = 또는:
also-in = 다음에도 있어요: { $titles }
other-language = 글의 언어: { $language }
place-paragraphs = { $path }, { $count ->
   *[other] 문단 { $numbers }
}
place-rows = { $path }, { $count ->
   *[other] 행 { $numbers }
}
on-pages = { $count ->
   *[other] { $numbers }쪽
}
place-pages = { $path }, { on-pages }
did-you-mean = 확실하지 않아요. 혹시 이 중에 찾는 것이 있나요?
no-answer = { $articles ->
   *[other] 글 { $articles }개를 찾아봤지만 답을 찾지 못했어요.
}
no-answer-in-article = “{ $title }”에서 찾아봤지만 답을 찾지 못했어요.
no-articles = 아직 글이 없어요.
purpose = 글에 대해 질문해 주세요. /{ command-help }에서 방법을 볼 수 있어요.
rephrase = 다른 말로 바꾸거나, 사람이나 사물의 이름을 넣어 보세요.
nearest-passages = 가장 가까운 구절
show-passage = 구절 전체 보기
no-other-passages = 이에 관한 다른 구절이 없어요.

# Buttons and feedback.

sections = 항목:
read-on = 계속 읽기
other-passages = 다른 구절
share = 채널에 공유
shared-by = 공유한 사람:
follow-up = 이어서 질문
reply-withheld = 이 답장을 읽을 수 없어요. Discord는 명령어 결과에 대한 답장을 봇에 보내지 않아요. “{ follow-up }” 버튼을 누르거나 메시지에서 저를 멘션해 주세요.
helpful = 👍 도움이 됐어요
not-helpful = 👎 도움이 안 됐어요
delete = 삭제
summary = 요약
longer = 더 길게
shorter = 더 짧게
ask-about-this = 이 글에 질문
read-in-article = 글에서 읽기
page-previous = 이전
page-next = 다음
page-number = { $pages }쪽 중 { $page }쪽
feedback-helpful = 의견 고마워요!
feedback-not-helpful = 의견 고마워요! 다른 말로 바꿔 보거나 /{ command-search }로 단어가 들어 있는 구절을 모두 찾아보세요.

# Asking the helpers.

helpers = 여기서 알 수도 있어요:
ask-helpers = 도우미에게 묻기
helpers-asked = 질문을 도우미에게 전달했어요:
helpers-question = 이 질문의 답을 찾지 못했어요. 질문한 사람:
helpers-refused = 도우미 채널에 글을 쓸 권한이 없어요. 직접 물어봐 주세요:
go-to-question = 질문으로 이동

# Articles.

search-no-results = 이 단어들이 들어 있는 구절이 없어요.
articles-title = 글
articles-count = { $articles ->
   *[other] 글 { $articles }개, { $passages ->
       *[other] 구절 { $passages }개
    }. 무엇이든 물어보세요!
}
open-article = 글 열기
no-such-article = “{ $name }”(이)라는 글이 없어요. 이 중에 있나요?
no-article-called = “{ $name }”(이)라는 글이 없어요. /{ command-articles }에서 전체 목록을 볼 수 있어요.
more-headings = 외 { $more }개
article-does-not-say = “{ $title }”에는 나와 있지 않아요.
article-length = { $words ->
   *[other] 단어 { $words }개
} · 읽는 시간 { $minutes }분
read = 읽기
download = 텍스트 다운로드
original = 원문
file = “{ $title }”의 텍스트예요.
file-too-large = “{ $title }”은(는) Discord에 올리기에 너무 커요. “{ read }” 버튼을 누르면 한 쪽씩 읽을 수 있어요.

# Summaries.

summary-verbatim = 문장을 그대로 인용했어요.
summary-complete = 짧은 글이라 이것이 전문이에요.
summary-off-topic = “{ $title }”에는 이 주제에 관한 내용이 없어요.
summary-impossible = “{ $title }”은(는) 요약할 수 없어요. /{ command-article }(으)로 읽어 보세요.
digest-off-topic = { $articles ->
   *[other] 글 { $articles }개 중 이 주제를 다루는 글이 없어요.
}
overview-title = 글마다 한 문장씩
key-phrases = 주제: { $phrases }
ask-about-article = /{ command-ask }(으)로 “{ $title }”에 대해 질문하거나 아래에서 질문을 고르세요.
pick-question = 질문이나 주제 고르기

# Help and about.

help-title = 글에 대해 물어보세요
help = { $articles ->
   *[other] 글 { $articles }개를 알고 있고, 그대로 인용해서 답해요. 질문과 함께 저를 멘션하거나, 답 아래의 “{ follow-up }” 버튼을 누르거나, 다이렉트 메시지를 보내 주세요.
}
help-example = 예:
help-message-command = 메시지의 내용을 찾으려면 메시지를 마우스 오른쪽 버튼으로 클릭하고(모바일에서는 길게 누르고) 앱 › { command-find }를 선택하세요.
example-question = { $topic }에 대해 알려진 것은?
about = 글을 그대로 인용해서 질문에 답해요. 아무것도 지어내지 않고, 질문을 다른 서비스로 보내지 않아요.
about-version = 버전
about-articles = 글
about-passages = 구절
about-uptime = 가동 시간
about-latency = 지연 시간
about-source-code = 소스 코드
uptime-minutes = { $large }분 { $small }초
uptime-hours = { $large }시간 { $small }분
uptime-days = { $large }일 { $small }시간

# Reloading.

reload-done = 글을 다시 불러왔어요.
reload-unchanged = 글을 다시 불러왔어요. 바뀐 것은 없어요.
reload-failed = 글을 다시 불러오지 못했어요. 이전 글을 계속 사용해요.
reload-added = 추가됨
reload-changed = 변경됨
reload-removed = 삭제됨
reload-rejected = 사용할 수 없음

# Refusals and errors.

refused-too-long = 질문이 너무 길어요. 1,000자 이내로 써 주세요.
refused-article-changed = 그사이 글이 바뀌었어요. 다시 질문해 주세요.
refused-question-gone = 질문이 더 이상 보이지 않아요. 다시 질문해 주세요.
refused-no-text = 이 메시지에는 찾을 수 있는 글자가 없어요.
refused-unknown-component = 이 버튼은 다른 버전의 것이에요. 다시 질문해 주세요.
refused-unknown-command = 모르는 명령어예요. Discord가 최신 명령어를 보여 줄 때까지 조금 걸릴 수 있어요.
refused-not-operator = 이 명령어는 봇 운영자만 쓸 수 있어요.
refused-not-asker = 질문한 사람과 관리자만 삭제할 수 있어요.
rate-limited = 질문이 너무 빨라요. { $seconds }초 후에 다시 시도해 주세요.
failed = 문제가 생겼어요. 봇 운영자에게 이 코드를 알려 주세요: { $id }
missing-permission = 제대로 보여 주려면 이 채널에서 “{ $permission }” 권한이 필요해요.
permission-embed = 링크 첨부
permission-embed-or-attach = 링크 첨부” 또는 “파일 첨부

# The languages of articles.

language-ar = 아랍어
language-be = 벨라루스어
language-bg = 불가리아어
language-bn = 벵골어
language-ca = 카탈로니아어
language-cs = 체코어
language-da = 덴마크어
language-de = 독일어
language-el = 그리스어
language-en = 영어
language-eo = 에스페란토어
language-es = 스페인어
language-et = 에스토니아어
language-fa = 페르시아어
language-fi = 핀란드어
language-fr = 프랑스어
language-he = 히브리어
language-hi = 힌디어
language-hr = 크로아티아어
language-hu = 헝가리어
language-hy = 아르메니아어
language-id = 인도네시아어
language-it = 이탈리아어
language-ja = 일본어
language-ka = 조지아어
language-ko = 한국어
language-lt = 리투아니아어
language-lv = 라트비아어
language-nb = 노르웨이어
language-ne = 네팔어
language-nl = 네덜란드어
language-pl = 폴란드어
language-pt = 포르투갈어
language-ro = 루마니아어
language-ru = 러시아어
language-sk = 슬로바키아어
language-sl = 슬로베니아어
language-sr = 세르비아어
language-sv = 스웨덴어
language-ta = 타밀어
language-th = 태국어
language-tr = 튀르키예어
language-uk = 우크라이나어
language-vi = 베트남어
language-zh = 중국어

# 요청하지 않은 답변과 포럼 게시물.

solved = ✅ 해결됨
wrong = 👎 틀림
solved-tagged = 도움이 되었다니 기뻐요! 이 게시물을 해결됨으로 표시했어요.
solved-not-permitted = 도움이 되었다니 기뻐요! 게시물을 해결됨으로 표시하려면 이 포럼에서 “{ $permission }” 권한이 필요해요.
solved-failed = 도움이 되었다니 기뻐요! 이 게시물을 해결됨으로 표시하지 못했어요. 태그를 직접 추가해 주세요.
permission-manage-threads = 스레드 관리하기
refused-not-author = 글쓴이와 관리자만 이 게시물을 해결됨으로 표시할 수 있어요.

# 서버 사람들이 Discord에서 쓰는 그 서버의 글.

permission-manage-server = 서버 관리하기
write-article = 글 쓰기
edit-article = 글 고치기
article-title = 제목
article-title-hint = 멤버가 묻는 그대로의 질문이 가장 좋아요
article-text = 본문
article-text-hint = 멤버에게 한 글자도 바꾸지 않고 보여요. Markdown을 쓸 수 있어요.
add-articles = 글 추가
add-files = 파일
add-files-hint = 다섯 개까지: 텍스트, 페이지, PDF, 오피스 문서 또는 .zip
add-address = 페이지 주소
add-address-hint = 파일 대신: https://… 사이트맵, 피드, Git 저장소는 매일 다시 읽어요
draft-title = 이 서버의 글에 추가할까요?
draft-nothing = 글이 될 수 있는 것이 없어요.
draft-passages = 인용할 수 있는 부분: { $passages }
draft-replaces = { $age } 전에 추가된 글을 바꿔요. 새로운 부분: { $new }, 없어지는 부분: { $gone }
draft-dropped = 내비게이션처럼 뺀 부분: { $parts }
draft-more = 그 밖에 { $more }개
draft-left-out = 추가하지 않은 것:
draft-add = 추가
draft-replace = 바꾸기
cancel = 취소
draft-added = 추가했어요. 이제 이 서버에서 인용해요.
draft-discarded = 아무것도 추가하지 않았어요.
draft-changed = 그사이에 이 서버의 글이 바뀌었어요. 다시 확인해 주세요.
file-too-large = 보관할 수 있는 { $limit } MB보다 커요
file-format = 읽을 수 없는 형식이에요
file-damaged = 손상되었거나 비밀번호로 보호되어 있어요
file-too-much = 압축 파일에 든 것이 너무 많아요
file-gone = Discord에 파일이 더는 없어요. 다시 올려 주세요
file-unreachable = 지금은 내려받을 수 없어요. 1분 뒤에 다시 해 보세요
file-address = 읽을 수 있는 주소가 아니에요. https://로 시작하는 공개 페이지여야 해요
refused-files-or-address = 파일을 올리거나 주소를 입력하세요. 둘 중 하나만요.
refused-draft-gone = 이미 추가했거나 취소했거나, 한 시간이 넘었어요. 처음부터 다시 해 주세요.
article-sample = “{ $title }”라고 물으면 이렇게 답해요:
article-no-sample = “{ $title }”에 대한 확실한 답이 없어요. 본문에 질문의 낱말이 있으면 도움이 돼요.
own-articles = 이 서버의 글
no-own-articles = 이 서버에는 아직 자체 글이 없어요. /{ command-knowledge } { command-knowledge.write } 명령어로 추가해요.
own-articles-count = 글 { $articles }개 (최대 { $limit }개)
edit = 고치기
remove = 지우기
undo = 되돌리기
article-removed = 지웠어요. 더는 인용하지 않아요. 10분 동안 되돌릴 수 있어요.
article-restored = 다시 돌아왔어요.
teaching-too-many = 이 서버에는 글이 { $limit }개 있어서 더 보관할 수 없어요. 먼저 하나를 지워 주세요.
teaching-too-large = 글이 보관할 수 있는 { $limit } MB보다 커요.
teaching-server-full = 이 서버의 글이 보관할 수 있는 { $limit } MB를 넘게 돼요. 먼저 하나를 지워 주세요.
teaching-unavailable = 지금은 보관한 것에 접근할 수 없어서 아무것도 바뀌지 않았어요. 질문에는 계속 답해요. 봇 운영자가 로그에서 이유를 볼 수 있어요.
teaching-disk-full = 글을 보관하는 디스크가 가득 차서 아무것도 바뀌지 않았어요. 질문에는 계속 답해요. 봇 운영자에게 공간을 비워 달라고 해 주세요.
refused-not-manager = “{ permission-manage-server }” 권한이 있는 사람만, 그 서버에서만 서버의 글과 설정을 보고 바꿀 수 있어요.
refused-nothing-entered = 글에는 100자 이하의 제목과 4,000자 이하의 본문이 필요해요.
refused-own-article-gone = 이 글은 이제 없거나 바뀌었어요. 목록을 다시 열어 주세요.
refused-too-late-to-undo = 되돌리기에는 너무 늦었어요.
gate = 볼 수 있는 사람
gate-roles = 역할
gate-roles-hint = 그중 하나를 가진 멤버. 비우면 모든 역할
gate-channels = 채널과 포럼
gate-channels-hint = 인용하는 곳(스레드 포함). 비우면 어디서나
gate-open = 이 서버의 모두가 볼 수 있어요.
tried = 멤버에게 보이는 내용
tried-role = 역할
tried-no-role = 역할 없음
tried-channel = 채널
tried-why = 이유
tried-words-alike = 비슷한 단어
teaching-too-many-gates = 글을 볼 수 있는 사람을 정하는 방식은 { $limit }가지까지예요. 이미 있는 것 중에서 골라 주세요.
sources = 제가 스스로 다시 읽는 출처:
source = 이 서버의 출처
open-source = 출처 열기
source-kind-page = 페이지
source-kind-sitemap = 사이트맵
source-kind-feed = 피드
source-kind-repository = Git 저장소
source-kind-forum = 포럼
source-daily = 매일 다시 읽고, 바뀐 내용은 그때 그대로 인용해요.
source-forum-note = 이 포럼은 모두에게 보이므로 모두에게 답변을 인용해요. 포럼을 숨기면 그에 따를게요. 글 목록의 “볼 수 있는 사람” 설정이 우선해요. 이름은 보관하지 않아요.
source-forum-private = 이 포럼은 모두에게 보이지 않으므로, 볼 수 있는 사람에게만 답변을 인용해요. 포럼 권한이 바뀌면 그에 따를게요. 글 목록의 “볼 수 있는 사람” 설정이 우선해요. 이름은 보관하지 않아요.
source-forum-follows = 포럼과 같아요. 포럼의 권한을 따라요.
source-forum-chosen = 포럼의 권한과 상관없이 여기에서 정했어요. 포럼의 권한을 따르려면 두 칸을 모두 비우고, 모두에게 인용하려면 @everyone을 선택하세요.
source-later = 아직 읽지 않은 페이지: { $pages }. 추가하면 바로 읽어요.
source-partly = 지금까지 읽은 페이지: { $all } 중 { $pages }. 1초에 한 페이지까지 읽고, 나머지는 모두 읽은 뒤에 인용해요.
source-added-partly = 아직 읽을 페이지: { $pages }. 약 { $time } 걸려요. 진행 상황은 출처 카드에서 볼 수 있어요.
source-pages = 페이지: { $pages }
source-pages-of = 페이지: { $pages }/{ $all }
source-changes = 지난번: 새로 생기거나 바뀜 { $taken }, 그대로 { $unchanged }, 건너뜀 { $skipped }, 사라짐 { $gone }.
source-looked = { $age } 전에 읽었고, { $next } 뒤에 다시 읽어요.
source-never = 아직 읽지 않았어요.
source-syncing = 지금 읽고 있어요. 잠시 뒤에 다시 열어 보세요.
source-failed = 지난번에는 읽지 못했어요: { $reason }
source-skipped = 건너뛴 것:
source-sync = 지금 읽기
too-many-sources = 이 서버에는 제가 보관할 수 있는 최대 { $limit }개의 출처가 있어요. 먼저 하나를 지워 주세요.
source-is-there = 이미 이 서버의 출처예요. 글 목록에 있어요.
forum-no-content = 포럼을 읽으려면 Message Content Intent가 필요해요. 봇 운영자가 AUTO_ANSWER_CHANNELS와 함께 켜요.
forum-hidden = 그 포럼을 읽을 수 없어요. 보기와 메시지 기록 읽기 권한이 필요해요.

# 답이 없는 질문.

questions = 답이 없는 질문
no-questions = 아무것도 없어요. 모든 질문에 답했거나 아직 질문이 없었어요.
questions-asked = 지난 { $days }일 동안의 질문: { $count }
questions-answered = 답한 질문: { $count }
questions-unanswered = 답하지 못한 질문: { $count }
questions-picture = { $first }부터 { $last }까지 날짜별 질문 막대그래프: 질문 { $asked }개 중 { $answered }개에 답함. 하루 최다: { $most }개.
question-details = { $count }번, 마지막은 { $date }
open-question = 질문 열기
question-wordings = 이렇게도 물었어요:
question-nearest = 가장 가까운 부분:
question-answered-now = 이제 이렇게 답해요:
write-answer = 답 쓰기
not-for-us = 우리에게 맞지 않는 질문
question-dismissed = 숨겼어요. 이 질문은 더는 세지 않아요.
question-reopened = 다시 목록에 있어요.
misleading = 오해를 부르는 부분
no-misleading = 도움이 안 됐다고 평가된 답이 없어요.
most-quoted = 가장 많이 인용됨
not-quoted = 인용되지 않음
quotes-summary = 최근 { $days }일 동안 인용된 글: { $articles }개 중 { $quoted }개
quotes-since = { $date }부터 집계했어요.
no-quotes = 이 기간에는 인용한 글이 없어요.
all-quoted = 이 기간에 모든 글을 인용했어요.
no-quotes-counted = 아직 집계된 답변이 없어요.
article-shared = 모든 서버 공용
answer-chosen-here = 이 서버의 운영진이 고른 답변
choose-answer = 항상 이렇게 답하기…
answer-chosen = 이 질문에는 이렇게 답해요:
answer-unchosen = 이 질문의 답은 다시 제가 찾을게요.
unchoose-answer = 이렇게 답하지 않기
chosen-answers = 고른 답변
no-chosen-answers = 아직 고른 답변이 없어요. 답이 없는 질문을 열거나, 답변 아래의 “{ other-passages }” 버튼을 누르세요.
chosen-answer-gone = 고른 구절이 바뀌었거나 없어졌어요. 답은 제가 찾을게요.
too-many-chosen = 고른 답변은 { $limit }개까지예요. 먼저 하나를 그만두세요.
export = 내보내기
questions-file = 질문을 담은 파일이에요.
refused-unanswered-gone = 이 질문은 이제 목록에 없어요. 목록을 다시 열어 주세요.

# 서버 설정.

settings-title = 이 서버의 설정
settings-hint = 선택하면 바로 저장돼요. 선택하지 않은 것은 봇 운영자의 설정을 따라요.
setting-none = 없음
setting-not-chosen = 여기서 선택하지 않음
setting-private = 명령어의 답변
setting-private-yes = 질문한 사람만 볼 수 있어요
setting-private-no = 모두가 볼 수 있어요
setting-shared = 모든 서버가 함께 쓰는 글
setting-shared-yes = 인용해요
setting-shared-no = 인용하지 않아요
setting-threads = 따로 만든 스레드에서 답변
setting-threads-yes = 예
setting-threads-no = 아니요
setting-unasked = 묻지 않아도 답하는 곳
setting-unasked-off = 저에게 온 것이 아닌 메시지는 받지 않아요. 봇 운영자가 AUTO_ANSWER_CHANNELS로 바꿀 수 있어요
setting-sure = 그때 필요한 확실함
setting-sure-from = { $percent } % 이상
setting-language = 언어
setting-language-automatic = 디스코드 서버의 언어
setting-helpers = 도우미 채널
setting-digest = 주간 요약
setting-digest-refused = 그곳에 글을 쓸 수 없었어요. 채널을 다시 선택하세요
weekly-most-asked = 답하지 못한 질문 중 가장 많이 물어본 것
setting-kept = 보관하는 답 없는 질문
setting-kept-all = 모두, 비공개 질문도
setting-kept-public = 모두가 볼 수 있던 질문
setting-kept-none = 보관하지 않음
setting-days = 보관 기간
setting-several = 보여 주는 답 없는 질문
setting-several-yes = 같은 날 두 사람이 물어본 것
setting-several-no = 모두
set-several-yes = 두 사람이 물어본 것만 보기
set-several-no = 모든 질문 보기
questions-of-one = 같은 날 두 사람이 묻지 않아 보여 주지 않는 질문: { $count }개
set-private-yes = 나만 보이게 답하기
set-private-no = 모두에게 답하기
set-shared-yes = 함께 쓰는 글 인용하기
set-shared-no = 함께 쓰는 글 인용하지 않기
set-threads-yes = 스레드에서 답하기
set-threads-no = 스레드 없이 답하기
pick-unasked = 묻지 않아도 답하는 채널
settings-answers = 답변 방식
settings-questions = 도우미와 질문
settings-reset = 운영자 설정 따르기
setting-days-count = { $days }일
