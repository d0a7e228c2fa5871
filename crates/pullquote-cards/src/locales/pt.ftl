# The bot's own words in Portuguese (Brazil, você). Not yet reviewed by a native reader.

# Commands. Names have 1 to 32 lower-case letters, descriptions 1 to 100 characters.

command-ask = perguntar
    .description = Faça uma pergunta e receba uma resposta citada dos artigos
    .question = pergunta
    .question-description = Sua pergunta
    .article = artigo
    .article-description = Buscar só neste artigo (deixe vazio para todos)
    .private = privado
    .private-description = Só você verá a resposta
command-search = buscar
    .description = Encontre trechos que contêm certas palavras
    .keywords = palavras
    .keywords-description = Palavras a buscar; "aspas" para a frase exata, -palavra para excluir
    .article = artigo
    .article-description = Buscar só neste artigo (deixe vazio para todos)
command-summary = resumo
    .description = Resuma um artigo com as frases dele
    .article = artigo
    .article-description = Qual artigo (deixe vazio para todos)
    .length = tamanho
    .length-description = Tamanho do resumo
    .length-short = Curto: cerca de 3 frases
    .length-medium = Médio: cerca de 6 frases
    .length-long = Longo: cerca de 12 frases, ou um quinto de um artigo longo
    .focus = tema
    .focus-description = Só frases sobre este tema
    .private = privado
    .private-description = Só você verá o resumo
command-articles = artigos
    .description = Liste todos os artigos
command-article = artigo
    .description = Veja do que trata um artigo e leia o texto
    .name = nome
    .name-description = Título do artigo
command-help = ajuda
    .description = Como me fazer perguntas, com um exemplo
command-about = sobre
    .description = Sobre este bot: versão, artigos e tempo em atividade
command-reload = recarregar
    .description = Recarregar os artigos (só para quem opera o bot)
command-find = Buscar nos artigos
command-knowledge = conhecimento
    .description = Artigos deste servidor (para quem o gerencia)
    .add = adicionar
    .add-description = Adicione arquivos ou uma página que eu possa citar neste servidor
    .write = escrever
    .write-description = Escreva um artigo que eu possa citar neste servidor
    .write-title = título
    .write-title-description = O título: de preferência uma pergunta, como os membros a fazem
    .forum = fórum
    .forum-description = Citar as respostas de um fórum deste servidor
    .forum-channel = canal
    .forum-channel-description = O fórum
    .forum-role = cargo
    .forum-role-description = De quem as respostas contam, além das fixadas (vazio: só fixadas e resolvidas)
    .list = lista
    .list-description = Ver, editar e remover os artigos deste servidor
    .try = testar
    .try-description = Pergunte como os membros e veja por que a resposta é essa
    .try-question = pergunta
    .try-question-description = O que perguntar
    .try-role = cargo
    .try-role-description = Como membro com este cargo (vazio: sem cargos)
    .try-channel = canal
    .try-channel-description = Como se a pergunta fosse neste canal (vazio: neste aqui)
command-teach = Adicionar aos artigos
command-insights = lacunas
    .description = Perguntas que não consegui responder (para quem gerencia o servidor)
command-settings = configurações
    .description = Como trabalho neste servidor (para quem o gerencia)

# Answers.

certainty-very-likely = Muito provável
certainty-likely = Provável
certainty-possibly = Possível
corrected = Li “{ $typed }” como “{ $read }”
or-this = Ou isto:
also-in = Também em { $titles }
other-language = O artigo está em { $language }
place-paragraphs = { $path }, { $count ->
    [one] parágrafo { $numbers }
   *[other] parágrafos { $numbers }
}
place-rows = { $path }, { $count ->
    [one] linha { $numbers }
   *[other] linhas { $numbers }
}
on-pages = { $count ->
    [one] página { $numbers }
   *[other] páginas { $numbers }
}
place-pages = { $path }, { on-pages }
did-you-mean = Não tenho certeza. Você quis dizer uma destas opções?
no-answer = { $articles ->
    [one] Procurei em um artigo, mas não encontrei resposta.
   *[other] Procurei em { $articles } artigos, mas não encontrei resposta.
}
no-answer-in-article = Procurei em “{ $title }”, mas não encontrei resposta.
no-articles = Ainda não há artigos.
purpose = Faça uma pergunta sobre os artigos. /{ command-help } mostra como.
rephrase = Tente com outras palavras ou diga o nome da pessoa ou da coisa.
nearest-passages = Trechos mais próximos
show-passage = Mostrar o trecho completo
no-other-passages = Não há outros trechos sobre isso.

# Buttons and feedback.

sections = Seções:
read-on = Continuar lendo
other-passages = Outros trechos
share = Compartilhar no canal
shared-by = Compartilhado por
follow-up = Perguntar mais
reply-withheld = Não consigo ler esta resposta: o Discord não me envia respostas aos resultados de comandos. Clique em “{ follow-up }” ou mencione-me na mensagem.
helpful = 👍 Útil
not-helpful = 👎 Não ajudou
delete = Excluir
summary = Resumo
longer = Mais longo
shorter = Mais curto
ask-about-this = Perguntar sobre isto
read-in-article = Ler no artigo
page-previous = Voltar
page-next = Avançar
page-number = Página { $page } de { $pages }
feedback-helpful = Obrigado pelo feedback!
feedback-not-helpful = Obrigado pelo feedback! Tente com outras palavras ou use /{ command-search } para encontrar todos os trechos com uma palavra.

# Asking the helpers.

helpers = Estes talvez saibam mais:
ask-helpers = Perguntar à equipe
helpers-asked = Encaminhei a pergunta à equipe:
helpers-question = Não encontrei resposta para esta pergunta. Quem perguntou:
helpers-refused = Não tenho permissão para escrever no canal da equipe. Pergunte lá diretamente:
go-to-question = Ir para a pergunta

# Articles.

search-no-results = Nenhum trecho contém estas palavras.
articles-title = Artigos
articles-count = { $articles ->
    [one] Um artigo com { $passages ->
        [one] um trecho
       *[other] { $passages } trechos
    }. Pergunte sobre ele!
   *[other] { $articles } artigos com { $passages } trechos. Pergunte sobre eles!
}
open-article = Abrir um artigo
no-such-article = Não há nenhum artigo chamado “{ $name }”. Você quis dizer um destes?
no-article-called = Não há nenhum artigo chamado “{ $name }”. /{ command-articles } lista todos.
more-headings = e mais { $more }
article-does-not-say = “{ $title }” não diz isso.
article-length = { $words ->
    [one] { $words } palavra
   *[other] { $words } palavras
} · { $minutes } min de leitura
read = Ler
download = Baixar o texto
original = Original
file = Aqui está o texto de “{ $title }”.
file-too-large = “{ $title }” é grande demais para o Discord. Clique em “{ read }” para ler página por página.

# Summaries.

summary-verbatim = Frases citadas palavra por palavra.
summary-complete = Artigo curto: este é o texto completo.
summary-off-topic = “{ $title }” não diz nada sobre este tema.
summary-impossible = Não é possível resumir “{ $title }”. Use /{ command-article } para ler.
digest-off-topic = { $articles ->
    [one] O artigo não diz nada sobre este tema.
   *[other] Nenhum dos { $articles } artigos diz algo sobre este tema.
}
overview-title = Uma frase de cada artigo
key-phrases = Temas: { $phrases }
ask-about-article = Use /{ command-ask } para perguntar sobre “{ $title }” ou escolha uma pergunta abaixo.
pick-question = Escolha uma pergunta ou um tema

# Help and about.

help-title = Pergunte sobre os artigos
help = { $articles ->
    [one] Conheço um artigo e respondo citando-o palavra por palavra. Mencione-me com uma pergunta, clique em “{ follow-up }” abaixo de uma resposta ou mande uma mensagem direta.
   *[other] Conheço { $articles } artigos e respondo citando-os palavra por palavra. Mencione-me com uma pergunta, clique em “{ follow-up }” abaixo de uma resposta ou mande uma mensagem direta.
}
help-example = Por exemplo:
help-message-command = Para buscar o texto de uma mensagem, clique nela com o botão direito (ou mantenha pressionado no celular) e escolha Apps › { command-find }.
example-question = O que se sabe sobre { $topic }?
about = Respondo perguntas citando artigos palavra por palavra. Não invento nada e não envio suas perguntas a nenhum outro serviço.
about-version = Versão
about-articles = Artigos
about-passages = Trechos
about-uptime = Tempo em atividade
about-latency = Latência
about-source-code = Código-fonte
uptime-minutes = { $large } min { $small } s
uptime-hours = { $large } h { $small } min
uptime-days = { $large } d { $small } h

# Reloading.

reload-done = Artigos recarregados.
reload-unchanged = Artigos recarregados. Nada mudou.
reload-failed = Não foi possível recarregar os artigos. Os anteriores continuam em uso.
reload-added = Novos
reload-changed = Alterados
reload-removed = Removidos
reload-rejected = Não podem ser usados

# Refusals and errors.

refused-too-long = A pergunta é longa demais. Use no máximo 1.000 caracteres.
refused-article-changed = O artigo mudou desde então. Pergunte de novo.
refused-question-gone = Não consigo mais ver a pergunta. Pergunte de novo.
refused-no-text = Esta mensagem não tem texto que eu possa buscar.
refused-unknown-component = Este botão é de outra versão minha. Pergunte de novo.
refused-unknown-command = Não conheço este comando. O Discord pode demorar um pouco para mostrar meus comandos atuais.
refused-not-operator = Só quem opera o bot pode usar este comando.
refused-not-asker = Só quem perguntou e os moderadores podem excluir isto.
rate-limited = Você está perguntando rápido demais. Tente de novo em { $seconds } s.
failed = Algo deu errado. Passe este código a quem opera o bot: { $id }
missing-permission = Preciso da permissão “{ $permission }” neste canal para mostrar isto direito.
permission-embed = Inserir links
permission-embed-or-attach = Inserir links” ou “Anexar arquivos

# The languages of articles.

language-ar = árabe
language-be = bielorrusso
language-bg = búlgaro
language-bn = bengali
language-ca = catalão
language-cs = tcheco
language-da = dinamarquês
language-de = alemão
language-el = grego
language-en = inglês
language-eo = esperanto
language-es = espanhol
language-et = estoniano
language-fa = persa
language-fi = finlandês
language-fr = francês
language-he = hebraico
language-hi = hindi
language-hr = croata
language-hu = húngaro
language-hy = armênio
language-id = indonésio
language-it = italiano
language-ja = japonês
language-ka = georgiano
language-ko = coreano
language-lt = lituano
language-lv = letão
language-nb = norueguês
language-ne = nepalês
language-nl = holandês
language-pl = polonês
language-pt = português
language-ro = romeno
language-ru = russo
language-sk = eslovaco
language-sl = esloveno
language-sr = sérvio
language-sv = sueco
language-ta = tâmil
language-th = tailandês
language-tr = turco
language-uk = ucraniano
language-vi = vietnamita
language-zh = chinês

# Respostas que ninguém pediu e publicações de fóruns.

solved = ✅ Resolvido
wrong = 👎 Incorreta
solved-tagged = Que bom que ajudou! Marquei esta publicação como resolvida.
solved-not-permitted = Que bom que ajudou! Para marcar publicações como resolvidas, preciso da permissão “{ $permission }” neste fórum.
solved-failed = Que bom que ajudou! Não consegui marcar esta publicação como resolvida. Adicione a tag você mesmo, por favor.
permission-manage-threads = Gerenciar tópicos
refused-not-author = Só quem escreveu a publicação e os moderadores podem marcá-la como resolvida.

# Artigos de um servidor, que sua gente escreve no Discord.

permission-manage-server = Gerenciar servidor
write-article = Escrever um artigo
edit-article = Editar o artigo
article-title = Título
article-title-hint = De preferência uma pergunta, como os membros a fazem
article-text = Texto
article-text-hint = Os membros o veem palavra por palavra. Markdown funciona.
add-articles = Adicionar artigos
add-files = Arquivos
add-files-hint = Até cinco: textos, páginas, PDFs, documentos ou um .zip deles
add-address = Endereço de uma página
add-address-hint = Em vez de arquivos: https://… Mapa do site, feed ou repositório Git eu releio todo dia
draft-title = Adicionar aos artigos deste servidor?
draft-nothing = Nada disso pode ser um artigo.
draft-passages = Trechos: { $passages }
draft-replaces = Substitui o artigo adicionado há { $age }. Trechos novos: { $new }, removidos: { $gone }
draft-dropped = Partes deixadas de fora, como a navegação: { $parts }
draft-more = E mais { $more }
draft-left-out = Não adicionado:
draft-add = Adicionar
draft-replace = Substituir
cancel = Cancelar
draft-added = Adicionado. Agora cito isto neste servidor.
draft-discarded = Nada foi adicionado.
draft-changed = Os artigos deste servidor mudaram nesse meio-tempo. Olhe de novo.
file-too-large = tem mais de { $limit } MB, o máximo que guardo
file-format = não é um formato que eu leia
file-damaged = danificado ou protegido por senha
file-too-much = o arquivo compactado contém demais
file-gone = O Discord não tem mais o arquivo. Envie de novo
file-unreachable = não pode ser baixado no momento. Tente de novo em um minuto
file-address = não é um endereço que eu possa ler. Tem de ser uma página pública que comece com https://
refused-files-or-address = Envie arquivos ou digite um endereço: um dos dois.
refused-draft-gone = Isto já foi adicionado ou cancelado, ou tem mais de uma hora. Comece de novo.
article-sample = A “{ $title }”, eu responderia:
article-no-sample = A “{ $title }”, não tenho uma resposta segura. Ajuda se o texto usar as palavras da pergunta.
own-articles = Artigos deste servidor
no-own-articles = Este servidor ainda não tem artigos próprios. /{ command-knowledge } { command-knowledge.write } adiciona um.
own-articles-count = { $articles } de no máximo { $limit } artigos.
edit = Editar
remove = Remover
undo = Desfazer
article-removed = Removido. Não o cito mais. Por dez minutos, você pode desfazer.
article-restored = Está de volta.
teaching-too-many = Este servidor tem { $limit } artigos, o máximo que guardo. Remova um primeiro.
teaching-too-large = O artigo tem mais de { $limit } MB, o máximo que guardo.
teaching-server-full = Os artigos deste servidor passariam de { $limit } MB, o máximo que guardo. Remova um primeiro.
teaching-unavailable = Não consigo acessar o que guardo no momento, então nada mudou. As perguntas continuam sendo respondidas. Quem opera o bot encontra o motivo no log.
teaching-disk-full = O disco onde guardo os artigos está cheio, então nada mudou. As perguntas continuam sendo respondidas. Quem opera o bot precisa liberar espaço nele.
refused-not-manager = Só quem tem a permissão “{ permission-manage-server }” pode ver e alterar os artigos e as configurações de um servidor, e só nesse servidor.
refused-nothing-entered = O artigo precisa de um título de no máximo 100 caracteres e de um texto de no máximo 4.000.
refused-own-article-gone = Este artigo não existe mais ou mudou. Abra a lista de novo.
refused-too-late-to-undo = É tarde demais para desfazer.
gate = Quem pode ver
gate-roles = Cargos
gate-roles-hint = Membros com um deles. Vazio: todos os cargos.
gate-channels = Canais e fóruns
gate-channels-hint = Onde é citado, tópicos incluídos. Vazio: em todo lugar.
gate-open = Todos neste servidor podem ver.
tried = O que os membros veem
tried-role = Cargo
tried-no-role = nenhum cargo
tried-channel = Canal
tried-why = Por quê
tried-words-alike = Palavras parecidas
teaching-too-many-gates = Este servidor tem { $limit } respostas diferentes para quem pode ver um artigo, o máximo que guardo. Escolha uma delas.
sources = Fontes, que eu releio sozinho:
source = Uma fonte deste servidor
open-source = Abrir uma fonte
source-kind-page = Página
source-kind-sitemap = Mapa do site
source-kind-feed = Feed
source-kind-repository = Repositório Git
source-kind-forum = Fórum
source-daily = Eu a releio todos os dias: o que mudar lá, passo a citar assim.
source-forum-note = Todos veem este fórum, então cito as respostas para todos. Se você o esconder, eu acompanho. “Quem pode ver”, na lista de artigos, tem prioridade. Não guardo nomes.
source-forum-private = Nem todos veem este fórum, então só cito as respostas para quem o vê. Se as permissões dele mudarem, eu acompanho. “Quem pode ver”, na lista de artigos, tem prioridade. Não guardo nomes.
source-forum-follows = Como no fórum: isto segue as permissões dele.
source-forum-chosen = Escolhido aqui, quaisquer que sejam as permissões do fórum. Para segui-las, deixe os dois campos vazios; para citar as respostas para todos, escolha @everyone.
source-later = Ainda não lidas: { $pages }. Leio assim que você adicionar a fonte.
source-partly = Lidas até agora: { $pages } de { $all } páginas. Leio no máximo uma por segundo e cito as outras quando tiver todas.
source-added-partly = Ainda por ler: { $pages }. Leva cerca de { $time }; o cartão da fonte mostra o andamento.
source-pages = Páginas: { $pages }
source-pages-of = Páginas: { $pages } de { $all }
source-changes = Na última vez: { $taken } novas ou alteradas, { $unchanged } inalteradas, { $skipped } ignoradas, { $gone } removidas.
source-looked = Lida há { $age }; de novo em { $next }.
source-never = Ainda não a li.
source-syncing = Estou lendo agora. Abra de novo daqui a pouco.
source-failed = Na última vez não consegui ler: { $reason }
source-skipped = Ignoradas:
source-sync = Ler agora
too-many-sources = Este servidor tem { $limit } fontes, o máximo que guardo. Remova uma primeiro.
source-is-there = Isto já é uma fonte deste servidor: está na lista de artigos.
forum-no-content = Para ler um fórum, preciso do Message Content Intent, que quem hospeda o bot ativa junto com AUTO_ANSWER_CHANNELS.
forum-hidden = Não consigo ler esse fórum. Preciso das permissões para vê-lo e ler o histórico de mensagens.

# Perguntas sem resposta.

questions = Perguntas sem resposta
no-questions = Nada aqui: respondi a todas as perguntas, ou ainda não houve nenhuma.
questions-asked = Perguntas nos últimos { $days } dias: { $count }
questions-answered = Respondidas: { $count }
questions-unanswered = Sem resposta: { $count }
questions-picture = Gráfico de colunas das perguntas por dia, de { $first } a { $last }: { $asked } feitas, { $answered } delas respondidas. Máximo num dia: { $most }.
question-details = Feita { $count }×, a última vez em { $date }
open-question = Abrir uma pergunta
question-wordings = Também perguntado assim:
question-nearest = Trecho mais próximo:
question-answered-now = Agora respondo com:
write-answer = Escrever a resposta
not-for-us = Não é pergunta para nós
question-dismissed = Oculta. Não conto mais esta pergunta.
question-reopened = Está de volta na lista.
misleading = Trechos que confundem
no-misleading = Ninguém avaliou uma resposta como inútil.
most-quoted = Mais citados
not-quoted = Não citados
quotes-summary = Artigos citados nos últimos { $days } dias: { $quoted } de { $articles }
quotes-since = Contado desde { $date }.
no-quotes = Não citei nenhum artigo nesse período.
all-quoted = Citei todos os artigos nesse período.
no-quotes-counted = Nenhuma resposta foi contada ainda.
article-shared = compartilhado por todos os servidores
answer-chosen-here = Escolhida pela equipe deste servidor
choose-answer = Responder sempre com…
answer-chosen = Respondo a esta pergunta com:
answer-unchosen = Volto a procurar eu mesmo a resposta a esta pergunta.
unchoose-answer = Não responder com isto
chosen-answers = Respostas escolhidas
no-chosen-answers = Ninguém escolheu uma resposta ainda. Abra uma pergunta sem resposta ou toque em “{ other-passages }” abaixo de uma resposta.
chosen-answer-gone = O trecho escolhido mudou ou não existe mais: eu mesmo procuro a resposta.
too-many-chosen = Este servidor escolheu { $limit } respostas, o máximo que guardo. Desista primeiro de uma.
export = Exportar
questions-file = Aqui estão as perguntas em um arquivo.
refused-unanswered-gone = Esta pergunta não está mais na lista. Abra a lista de novo.

# Configurações de um servidor.

settings-title = Configurações deste servidor
settings-hint = Cada escolha é salva na hora. O que não é escolhido segue o operador do bot.
setting-none = nenhum
setting-not-chosen = não escolhido aqui
setting-private = Respostas a comandos
setting-private-yes = só quem perguntou vê
setting-private-no = todos veem
setting-shared = Artigos comuns a todos os servidores
setting-shared-yes = eu os cito
setting-shared-no = eu não os cito
setting-threads = Respostas em tópicos próprios
setting-threads-yes = sim
setting-threads-no = não
setting-unasked = Respondo sem que me perguntem em
setting-unasked-off = Não recebo mensagens que não são para mim. O operador do bot pode mudar isso com AUTO_ANSWER_CHANNELS
setting-sure = Quanta certeza preciso ter para isso
setting-sure-from = { $percent } % ou mais
setting-language = Idioma
setting-language-automatic = o do servidor no Discord
setting-helpers = Canal da equipe
setting-digest = Resumo semanal
setting-digest-refused = não consegui escrever lá. Escolha o canal de novo
weekly-most-asked = A mais perguntada sem resposta
setting-kept = Perguntas sem resposta que guardo
setting-kept-all = todas, também as privadas
setting-kept-public = as que todos podiam ver
setting-kept-none = nenhuma
setting-days = Guardadas por
setting-several = Perguntas sem resposta que mostro
setting-several-yes = as que duas pessoas fizeram no mesmo dia
setting-several-no = todas
set-several-yes = Mostrar só o que duas pessoas perguntaram
set-several-no = Mostrar todas as perguntas
questions-of-one = Perguntas que não mostro, porque duas pessoas não as fizeram no mesmo dia: { $count }
set-private-yes = Responder em particular
set-private-no = Responder para todos
set-shared-yes = Citar os artigos comuns
set-shared-no = Não citar os artigos comuns
set-threads-yes = Responder em tópicos
set-threads-no = Responder sem tópicos
pick-unasked = Canais onde respondo sem que me perguntem
settings-answers = Como respondo
settings-questions = Equipe e perguntas
settings-reset = Seguir o operador
setting-days-count = { $days ->
    [one] { $days } dia
   *[other] { $days } dias
}
