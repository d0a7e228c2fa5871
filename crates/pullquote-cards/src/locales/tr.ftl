# The bot's own words in Turkish (sen). Not yet reviewed by a native reader.

# Commands. Names have 1 to 32 lower-case letters, descriptions 1 to 100 characters.

command-ask = sor
    .description = Bir soru sor, makalelerden alıntılanmış bir yanıt al
    .question = soru
    .question-description = Sorun
    .article = makale
    .article-description = Yalnızca bu makalede ara (hepsi için boş bırak)
    .private = özel
    .private-description = Yanıtı yalnızca sen görürsün
command-search = ara
    .description = Belirli kelimeleri içeren bölümleri bul
    .keywords = kelimeler
    .keywords-description = Aranacak kelimeler; tam ifade için "tırnak", hariç tutmak için -kelime
    .article = makale
    .article-description = Yalnızca bu makalede ara (hepsi için boş bırak)
command-summary = özet
    .description = Bir makaleyi kendi cümleleriyle özetle
    .article = makale
    .article-description = Hangi makale (hepsi için boş bırak)
    .length = uzunluk
    .length-description = Özetin uzunluğu
    .length-short = Kısa: yaklaşık 3 cümle
    .length-medium = Orta: yaklaşık 6 cümle
    .length-long = Uzun: yaklaşık 12 cümle veya uzun bir makalenin beşte biri
    .focus = konu
    .focus-description = Yalnızca bu konudaki cümleler
    .private = özel
    .private-description = Özeti yalnızca sen görürsün
command-articles = makaleler
    .description = Tüm makaleleri listele
command-article = makale
    .description = Bir makalenin neyle ilgili olduğunu gör ve oku
    .name = ad
    .name-description = Makalenin başlığı
command-help = yardım
    .description = Bana nasıl soru sorulur, bir örnekle
command-about = hakkında
    .description = Bu bot hakkında: sürüm, makaleler ve çalışma süresi
command-reload = yenile
    .description = Makaleleri yeniden yükle (yalnızca botu işleten)
command-find = Makalelerde ara
command-knowledge = bilgi
    .description = Bu sunucunun makaleleri (sunucuyu yönetenler için)
    .add = ekle
    .add-description = Bu sunucuda alıntılayabileceğim dosyalar ya da bir sayfa ekle
    .write = yaz
    .write-description = Bu sunucuda alıntılayabileceğim bir makale yaz
    .write-title = başlık
    .write-title-description = Başlığı: en iyisi, üyelerin sorduğu gibi bir soru
    .forum = forum
    .forum-description = Bu sunucunun bir forumundaki yanıtları alıntıla
    .forum-channel = kanal
    .forum-channel-description = Forum
    .forum-role = rol
    .forum-role-description = Sabitlenenler dışında kimin yanıtları sayılır (boş: yalnızca sabitlenen ve çözülenler)
    .list = liste
    .list-description = Bu sunucunun makalelerini gör, düzenle ve kaldır
    .try = dene
    .try-description = Üyeler gibi sor ve yanıtın neden öyle olduğunu gör
    .try-question = soru
    .try-question-description = Ne sorulacak
    .try-role = rol
    .try-role-description = Bu role sahip bir üye olarak (boş: rolsüz)
    .try-channel = kanal
    .try-channel-description = Bu kanalda sorulmuş gibi (boş: bu kanal)
command-teach = Makalelere ekle
command-insights = eksikler
    .description = Yanıtlayamadığım sorular (sunucuyu yönetenler için)
command-settings = ayarlar
    .description = Bu sunucuda nasıl çalıştığım (sunucuyu yönetenler için)

# Answers.

certainty-very-likely = Çok olası
certainty-likely = Olası
certainty-possibly = Belki
corrected = “{ $typed }”, “{ $read }” olarak okundu
or-this = Veya bu:
also-in = Şurada da var: { $titles }
other-language = Makalenin dili: { $language }
place-paragraphs = { $path }, { $count ->
    [one] paragraf { $numbers }
   *[other] paragraflar { $numbers }
}
place-rows = { $path }, { $count ->
    [one] satır { $numbers }
   *[other] satırlar { $numbers }
}
on-pages = { $count ->
    [one] sayfa { $numbers }
   *[other] sayfalar { $numbers }
}
place-pages = { $path }, { on-pages }
did-you-mean = Emin değilim. Bunlardan birini mi demek istedin?
no-answer = { $articles ->
    [one] Bir makalede aradım ama yanıt bulamadım.
   *[other] { $articles } makalede aradım ama yanıt bulamadım.
}
no-answer-in-article = “{ $title }” içinde aradım ama yanıt bulamadım.
no-articles = Henüz makale yok.
purpose = Bana makalelerle ilgili bir soru sor. /{ command-help } nasıl yapılacağını gösterir.
rephrase = Başka kelimelerle dene ya da kastettiğin kişinin veya şeyin adını yaz.
nearest-passages = En yakın bölümler
show-passage = Bölümün tamamını göster
no-other-passages = Bu konuda başka bölüm yok.

# Buttons and feedback.

sections = Bölümler:
read-on = Okumaya devam et
other-passages = Diğer bölümler
share = Kanalda paylaş
shared-by = Paylaşan:
follow-up = Devamını sor
reply-withheld = Bu yanıtı okuyamıyorum: Discord, komut sonuçlarına verilen yanıtları bana iletmiyor. “{ follow-up }” düğmesine bas ya da mesajında benden bahset.
helpful = 👍 Yararlı
not-helpful = 👎 Yararlı değil
delete = Sil
summary = Özet
longer = Daha uzun
shorter = Daha kısa
ask-about-this = Bununla ilgili sor
read-in-article = Makalede oku
page-previous = Geri
page-next = İleri
page-number = Sayfa { $page } / { $pages }
feedback-helpful = Geri bildirimin için teşekkürler!
feedback-not-helpful = Geri bildirimin için teşekkürler! Başka kelimelerle dene ya da /{ command-search } ile bir kelimeyi içeren tüm bölümleri bul.

# Asking the helpers.

helpers = Belki onlar bilir:
ask-helpers = Yardımcılara sor
helpers-asked = Soruyu yardımcılara ilettim:
helpers-question = Bu soruya yanıt bulamadım. Soran:
helpers-refused = Yardımcıların kanalına yazamıyorum. Lütfen doğrudan orada sor:
go-to-question = Soruya git

# Articles.

search-no-results = Hiçbir bölüm bu kelimeleri içermiyor.
articles-title = Makaleler
articles-count = { $articles ->
    [one] Bir makale, { $passages ->
        [one] bir bölüm
       *[other] { $passages } bölüm
    }. Bana onu sor!
   *[other] { $articles } makale, { $passages } bölüm. Bana onları sor!
}
open-article = Bir makale aç
no-such-article = “{ $name }” adında bir makale yok. Bunlardan birini mi demek istedin?
no-article-called = “{ $name }” adında bir makale yok. /{ command-articles } hepsini listeler.
more-headings = ve { $more } tane daha
article-does-not-say = “{ $title }” bunu söylemiyor.
article-length = { $words ->
    [one] { $words } kelime
   *[other] { $words } kelime
} · { $minutes } dk okuma
read = Oku
download = Metni indir
original = Özgün metin
file = “{ $title }” metni burada.
file-too-large = “{ $title }” Discord için çok büyük. Sayfa sayfa okumak için “{ read }” düğmesine bas.

# Summaries.

summary-verbatim = Kelimesi kelimesine alıntılanmış cümleler.
summary-complete = Kısa makale: metnin tamamı bu.
summary-off-topic = “{ $title }” bu konuda bir şey söylemiyor.
summary-impossible = “{ $title }” özetlenemiyor. Okumak için /{ command-article } kullan.
digest-off-topic = { $articles ->
    [one] Makale bu konuda bir şey söylemiyor.
   *[other] { $articles } makaleden hiçbiri bu konuda bir şey söylemiyor.
}
overview-title = Her makaleden bir cümle
key-phrases = Konular: { $phrases }
ask-about-article = “{ $title }” hakkında sormak için /{ command-ask } kullan ya da aşağıdan bir soru seç.
pick-question = Bir soru veya konu seç

# Help and about.

help-title = Bana makaleleri sor
help = { $articles ->
    [one] Bir makale biliyorum ve onu kelimesi kelimesine alıntılayarak yanıt veriyorum. Bir soruyla benden bahset, bir yanıtın altındaki “{ follow-up }” düğmesine bas ya da bana özel mesaj gönder.
   *[other] { $articles } makale biliyorum ve onları kelimesi kelimesine alıntılayarak yanıt veriyorum. Bir soruyla benden bahset, bir yanıtın altındaki “{ follow-up }” düğmesine bas ya da bana özel mesaj gönder.
}
help-example = Örneğin:
help-message-command = Bir mesajın metnini aramak için mesaja sağ tıkla (mobilde basılı tut) ve Uygulamalar › { command-find } seç.
example-question = { $topic } hakkında ne biliniyor?
about = Soruları makalelerden kelimesi kelimesine alıntı yaparak yanıtlarım. Hiçbir şey uydurmam ve sorularını başka bir hizmete göndermem.
about-version = Sürüm
about-articles = Makaleler
about-passages = Bölümler
about-uptime = Çalışma süresi
about-latency = Gecikme
about-source-code = Kaynak kodu
uptime-minutes = { $large } dk { $small } sn
uptime-hours = { $large } sa { $small } dk
uptime-days = { $large } g { $small } sa

# Reloading.

reload-done = Makaleler yeniden yüklendi.
reload-unchanged = Makaleler yeniden yüklendi. Değişen bir şey yok.
reload-failed = Makaleler yeniden yüklenemedi. Öncekiler kullanılmaya devam ediyor.
reload-added = Eklenenler
reload-changed = Değişenler
reload-removed = Kaldırılanlar
reload-rejected = Kullanılamayanlar

# Refusals and errors.

refused-too-long = Bu soru çok uzun. En fazla 1.000 karakter kullan.
refused-article-changed = Makale o zamandan beri değişti. Lütfen yeniden sor.
refused-question-gone = Soruyu artık göremiyorum. Lütfen yeniden sor.
refused-no-text = Bu mesajda arayabileceğim bir metin yok.
refused-unknown-component = Bu düğme başka bir sürümüme ait. Lütfen yeniden sor.
refused-unknown-command = Bu komutu bilmiyorum. Discord'un güncel komutlarımı göstermesi biraz sürebilir.
refused-not-operator = Bu komutu yalnızca botu işleten kişi kullanabilir.
refused-not-asker = Bunu yalnızca soruyu soran ve moderatörler silebilir.
rate-limited = Çok hızlı soruyorsun. { $seconds } sn sonra yeniden dene.
failed = Bir şeyler ters gitti. Botu işleten kişiye bu kodu ver: { $id }
missing-permission = Bunu düzgün göstermek için bu kanalda “{ $permission }” iznine ihtiyacım var.
permission-embed = Bağlantı Yerleştir
permission-embed-or-attach = Bağlantı Yerleştir” veya “Dosya Ekle

# The languages of articles.

language-ar = Arapça
language-be = Belarusça
language-bg = Bulgarca
language-bn = Bengalce
language-ca = Katalanca
language-cs = Çekçe
language-da = Danca
language-de = Almanca
language-el = Yunanca
language-en = İngilizce
language-eo = Esperanto
language-es = İspanyolca
language-et = Estonca
language-fa = Farsça
language-fi = Fince
language-fr = Fransızca
language-he = İbranice
language-hi = Hintçe
language-hr = Hırvatça
language-hu = Macarca
language-hy = Ermenice
language-id = Endonezce
language-it = İtalyanca
language-ja = Japonca
language-ka = Gürcüce
language-ko = Korece
language-lt = Litvanca
language-lv = Letonca
language-nb = Norveççe
language-ne = Nepalce
language-nl = Felemenkçe
language-pl = Lehçe
language-pt = Portekizce
language-ro = Rumence
language-ru = Rusça
language-sk = Slovakça
language-sl = Slovence
language-sr = Sırpça
language-sv = İsveççe
language-ta = Tamilce
language-th = Tayca
language-tr = Türkçe
language-uk = Ukraynaca
language-vi = Vietnamca
language-zh = Çince

# Kimsenin istemediği yanıtlar ve forum gönderileri.

solved = ✅ Çözüldü
wrong = 👎 Yanlış
solved-tagged = Sevindim! Bu gönderiyi çözüldü olarak işaretledim.
solved-not-permitted = Sevindim! Gönderileri çözüldü olarak işaretlemek için bu forumda “{ $permission }” iznine ihtiyacım var.
solved-failed = Sevindim! Bu gönderiyi çözüldü olarak işaretleyemedim; lütfen etiketi kendin ekle.
permission-manage-threads = Alt Başlıkları Yönet
refused-not-author = Bu gönderiyi yalnızca yazarı ve moderatörler çözüldü olarak işaretleyebilir.

# Bir sunucunun, kendi insanlarının Discord'da yazdığı makaleleri.

permission-manage-server = Sunucuyu Yönet
write-article = Bir makale yaz
edit-article = Makaleyi düzenle
article-title = Başlık
article-title-hint = En iyisi, üyelerin sorduğu gibi bir soru
article-text = Metin
article-text-hint = Üyeler onu kelimesi kelimesine görür. Markdown çalışır.
add-articles = Makale ekle
add-files = Dosyalar
add-files-hint = En fazla beş: metin, sayfa, PDF, ofis dosyası ya da bunların .zip’i
add-address = Bir sayfanın adresi
add-address-hint = Dosyalar yerine: https://… Site haritası, akış ve Git deposuna her gün yeniden bakarım
draft-title = Bu sunucunun makalelerine eklensin mi?
draft-nothing = Bunların hiçbiri makale olamaz.
draft-passages = Bölümler: { $passages }
draft-replaces = { $age } önce eklenen makalenin yerini alır. Yeni bölümler: { $new }, kalkanlar: { $gone }
draft-dropped = Gezinme gibi dışarıda bırakılan parçalar: { $parts }
draft-more = Ve { $more } tane daha
draft-left-out = Eklenmeyenler:
draft-add = Ekle
draft-replace = Değiştir
cancel = İptal
draft-added = Eklendi. Artık bu sunucuda alıntılıyorum.
draft-discarded = Hiçbir şey eklenmedi.
draft-changed = Bu sunucunun makaleleri bu arada değişti. Lütfen yeniden bak.
file-too-large = saklayabildiğim { $limit } MB’den büyük
file-format = okuduğum bir biçim değil
file-damaged = bozuk ya da parolayla korunuyor
file-too-much = arşivde çok fazla şey var
file-gone = Dosya artık Discord’da yok. Yeniden yükle
file-unreachable = şu anda indirilemiyor. Bir dakika sonra yeniden dene
file-address = okuyabildiğim bir adres değil. https:// ile başlayan herkese açık bir sayfa olmalı
refused-files-or-address = Dosya yükle ya da bir adres gir: ikisinden biri.
refused-draft-gone = Bu daha önce eklendi ya da iptal edildi veya bir saatten eski. Lütfen baştan başla.
article-sample = “{ $title }” sorusuna şöyle yanıt verirdim:
article-no-sample = “{ $title }” sorusuna kesin bir yanıtım yok. Metinde sorunun kelimeleri geçerse daha iyi olur.
own-articles = Bu sunucunun makaleleri
no-own-articles = Bu sunucunun henüz kendi makalesi yok. /{ command-knowledge } { command-knowledge.write } bir tane ekler.
own-articles-count = En fazla { $limit } makaleden { $articles } tanesi.
edit = Düzenle
remove = Kaldır
undo = Geri al
article-removed = Kaldırıldı. Artık ondan alıntı yapmıyorum. On dakika boyunca geri alabilirsin.
article-restored = Geri geldi.
teaching-too-many = Bu sunucuda { $limit } makale var, daha fazlasını saklamıyorum. Önce birini kaldır.
teaching-too-large = Makale { $limit } MB sınırını aşıyor, daha fazlasını saklamıyorum.
teaching-server-full = Bu sunucunun makaleleri { $limit } MB sınırını aşardı, daha fazlasını saklamıyorum. Önce birini kaldır.
teaching-unavailable = Sakladıklarıma şu anda ulaşamıyorum, bu yüzden hiçbir şey değişmedi. Sorular yanıtlanmaya devam ediyor. Botu işleten kişi nedenini günlükte bulur.
teaching-disk-full = Makaleleri sakladığım disk dolu, bu yüzden hiçbir şey değişmedi. Sorular yanıtlanmaya devam ediyor. Botu işleten kişinin orada yer açması gerekiyor.
refused-not-manager = Bir sunucunun makalelerini ve ayarlarını yalnızca “{ permission-manage-server }” izni olanlar görebilir ve değiştirebilir, o da yalnızca o sunucuda.
refused-nothing-entered = Makalenin en fazla 100 karakterlik bir başlığı ve en fazla 4.000 karakterlik bir metni olmalı.
refused-own-article-gone = Bu makale artık yok ya da değişti. Listeyi yeniden aç.
refused-too-late-to-undo = Geri almak için çok geç.
gate = Kim görebilir
gate-roles = Roller
gate-roles-hint = Bunlardan birine sahip üyeler. Boş: her rol.
gate-channels = Kanallar ve forumlar
gate-channels-hint = Alıntılandığı yer, alt başlıklar dahil. Boş: her yer.
gate-open = Bu sunucudaki herkes görebilir.
tried = Üyelerin gördüğü
tried-role = Rol
tried-no-role = rol yok
tried-channel = Kanal
tried-why = Neden
tried-words-alike = Benzer sözcükler
teaching-too-many-gates = Bu sunucuda bir makaleyi kimin görebileceğine { $limit } farklı yanıt var, en fazla bu kadar saklarım. Bunlardan birini seç.
sources = Kendiliğimden yeniden baktığım kaynaklar:
source = Bu sunucunun bir kaynağı
open-source = Kaynak aç
source-kind-page = Sayfa
source-kind-sitemap = Site haritası
source-kind-feed = Akış
source-kind-repository = Git deposu
source-kind-forum = Forum
source-daily = Her gün yeniden bakarım: orada ne değişirse o hâliyle alıntılarım.
source-forum-note = Bu forumu herkes görebildiği için yanıtlarını herkese alıntılarım. Forumu gizlersen buna uyarım. Makale listesindeki “Kim görebilir” önceliklidir. İsim saklamam.
source-forum-private = Bu forumu herkes göremediği için yanıtlarını yalnızca görebilenlere alıntılarım. Forumun izinleri değişirse buna uyarım. Makale listesindeki “Kim görebilir” önceliklidir. İsim saklamam.
source-forum-follows = Forumdaki gibi: forumun izinlerine uyar.
source-forum-chosen = Forumun izinlerinden bağımsız olarak burada seçildi. Forumun izinlerine uymak için iki alanı da boş bırak; yanıtları herkese alıntılamak için @everyone seç.
source-later = Henüz okunmadı: { $pages }. Kaynağı ekler eklemez okurum.
source-partly = Şimdiye kadar okunan sayfa: { $pages } / { $all }. Saniyede en fazla bir sayfa okurum ve kalanları hepsi bitince alıntılarım.
source-added-partly = Henüz okunacak sayfa: { $pages }. Bu yaklaşık { $time } sürer; ilerlemeyi kaynağın kartı gösterir.
source-pages = Sayfa: { $pages }
source-pages-of = Sayfa: { $pages } / { $all }
source-changes = Son bakışta: { $taken } yeni ya da değişmiş, { $unchanged } aynı, { $skipped } atlandı, { $gone } kayboldu.
source-looked = { $age } önce baktım, { $next } sonra yine bakacağım.
source-never = Henüz bakmadım.
source-syncing = Şu anda bakıyorum. Biraz sonra yeniden aç.
source-failed = Son seferinde okuyamadım: { $reason }
source-skipped = Atlananlar:
source-sync = Şimdi bak
too-many-sources = Bu sunucunun { $limit } kaynağı var, en fazla bu kadar saklarım. Önce birini kaldır.
source-is-there = Bu zaten bu sunucunun bir kaynağı: makale listesinde duruyor.
forum-no-content = Bir forumu okumak için Message Content Intent gerekir. Botu işleten kişi bunu AUTO_ANSWER_CHANNELS ile birlikte açar.
forum-hidden = O forumu okuyamıyorum. Onu görme ve mesaj geçmişini okuma izinlerine ihtiyacım var.

# Yanıtsız sorular.

questions = Yanıtsız sorular
no-questions = Burada bir şey yok: her soruyu yanıtladım ya da henüz soru sorulmadı.
questions-asked = Son { $days } gündeki sorular: { $count }
questions-answered = Yanıtlanan: { $count }
questions-unanswered = Yanıtlanmayan: { $count }
questions-picture = Günlere göre soruların sütun grafiği, { $first } ile { $last } arası: { $asked } soru soruldu, { $answered } tanesi yanıtlandı. Bir günde en çok: { $most }.
question-details = { $count }× soruldu, son olarak { $date }
open-question = Bir soru aç
question-wordings = Şöyle de soruldu:
question-nearest = En yakın bölüm:
question-answered-now = Artık şununla yanıtlıyorum:
write-answer = Yanıtı yaz
not-for-us = Bize göre bir soru değil
question-dismissed = Gizlendi. Bu soruyu artık saymıyorum.
question-reopened = Yeniden listede.
misleading = Yanıltan bölümler
no-misleading = Kimse bir yanıtı yararsız bulmadı.
most-quoted = En çok alıntılananlar
not-quoted = Alıntılanmayanlar
quotes-summary = Son { $days } günde alıntılanan makaleler: { $quoted } / { $articles }
quotes-since = { $date } tarihinden beri sayılıyor.
no-quotes = Bu sürede hiçbir makaleden alıntı yapmadım.
all-quoted = Bu sürede her makaleden alıntı yaptım.
no-quotes-counted = Henüz hiçbir yanıt sayılmadı.
article-shared = tüm sunucularda ortak
answer-chosen-here = Bu sunucunun ekibi seçti
choose-answer = Hep şununla yanıtla…
answer-chosen = Bu soruyu şununla yanıtlıyorum:
answer-unchosen = Bu sorunun yanıtını yeniden kendim arıyorum.
unchoose-answer = Bununla yanıtlama
chosen-answers = Seçilen yanıtlar
no-chosen-answers = Henüz kimse bir yanıt seçmedi. Yanıtsız bir soruyu aç ya da bir yanıtın altındaki “{ other-passages }” düğmesine bas.
chosen-answer-gone = Seçilen bölüm değişti ya da yok: yanıtı kendim arıyorum.
too-many-chosen = Bu sunucu { $limit } yanıt seçti, en fazla bu kadar saklarım. Önce birinden vazgeç.
export = Dışa aktar
questions-file = Sorular bu dosyada.
refused-unanswered-gone = Bu soru artık listede yok. Listeyi yeniden aç.

# Bir sunucunun ayarları.

settings-title = Bu sunucunun ayarları
settings-hint = Her seçim hemen kaydedilir. Seçilmeyen, botun işletmecisine uyar.
setting-none = yok
setting-not-chosen = burada seçilmedi
setting-private = Komutlara yanıtlar
setting-private-yes = yalnızca soran görür
setting-private-no = herkes görür
setting-shared = Tüm sunucuların ortak makaleleri
setting-shared-yes = alıntılarım
setting-shared-no = alıntılamam
setting-threads = Kendi alt başlığında yanıtlar
setting-threads-yes = evet
setting-threads-no = hayır
setting-unasked = Sorulmadan yanıtladığım yerler
setting-unasked-off = Bana yazılmamış mesajları almıyorum. Botun işletmecisi bunu AUTO_ANSWER_CHANNELS ile değiştirebilir
setting-sure = Bunun için ne kadar emin olmalıyım
setting-sure-from = % { $percent } veya daha fazla
setting-language = Dil
setting-language-automatic = sunucunun Discord'daki dili
setting-helpers = Yardımcıların kanalı
setting-digest = Haftalık özet
setting-digest-refused = oraya yazamadım. Kanalı yeniden seç
weekly-most-asked = Yanıtsız kalan en çok sorulan soru
setting-kept = Sakladığım yanıtsız sorular
setting-kept-all = hepsi, özel olanlar da
setting-kept-public = herkesin görebildikleri
setting-kept-none = hiçbiri
setting-days = Saklama süresi
setting-several = Gösterdiğim yanıtsız sorular
setting-several-yes = aynı gün iki kişinin sordukları
setting-several-no = tümü
set-several-yes = Yalnızca iki kişinin sorduklarını göster
set-several-no = Tüm soruları göster
questions-of-one = Aynı gün iki kişi sormadığı için göstermediğim sorular: { $count }
set-private-yes = Özel yanıtla
set-private-no = Herkese yanıtla
set-shared-yes = Ortak makaleleri alıntıla
set-shared-no = Ortak makaleleri alıntılama
set-threads-yes = Alt başlıkta yanıtla
set-threads-no = Alt başlıksız yanıtla
pick-unasked = Sorulmadan yanıtladığım kanallar
settings-answers = Nasıl yanıtlarım
settings-questions = Yardımcılar ve sorular
settings-reset = İşletmeciye uy
setting-days-count = { $days } gün
