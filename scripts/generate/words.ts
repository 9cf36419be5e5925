/** The words that generated articles are made of, in one language. */
export interface Words {
  readonly locale: string
  /** Tells its chance from the other's. */
  readonly stream: number
  readonly places: readonly string[]
  readonly subjects: readonly string[]
  /** What happens to a subject in a title. */
  readonly turns: readonly string[]
  /** What makes a title more particular. */
  readonly tails: readonly string[]
  readonly title: (place: string, subject: string, turn: string) => string
  /** Stands between a title and its tail. */
  readonly colon: string
  /** `{place}`, `{subject}`, `{person}` and `{number}` are put in. */
  readonly sentences: readonly string[]
  /** Between two sentences. */
  readonly gap: string
  readonly headings: readonly string[]
  readonly lists: readonly string[]
  readonly quotes: readonly string[]
  readonly notes: string
  readonly familyNames: readonly string[]
  readonly givenNames: readonly string[]
  readonly fullName: (given: string, family: string) => string
  readonly outlets: readonly string[]
  readonly works: readonly string[]
}

const split = (text: string) => text.trim().split(/\s*\|\s*/)

/** Chinese, as newsrooms in China write. */
export const chinese: Words = {
  locale: 'zh-CN',
  stream: 1,
  places: split(
    '临澜|北岸|青石镇|云杉县|海棠区|南桥|白鹭洲|松江新城|灯塔湾|石榴园|望江|柳林|雁门|东渡|古城|西坪|龙潭|金沙|竹溪|兰亭|浦口|长汀|平原|高桥|铁门|花港|盐田|百泉|银川路|凤凰山|梅岭|鹤湾|槐荫|清河|杏林|桃源|雪峰|枫桥|鹿鸣|沙洲',
  ),
  subjects: split(
    '图书馆|公交线路|小学食堂|旧城改造|芯片工厂|养老院|数据中心|社区医院|夜市|高铁站|防洪堤|湿地公园|菜市场|电动车|外卖骑手|青年公寓|垃圾分类|自来水|职业学校|风电场|博物馆|老年大学|托育中心|农田水利|地铁工地|民宿|渔港|茶园|算力补贴|校园心理|开源社区|无人机快递|剧场|足球场|殡葬改革|图书审校|粮仓|房租|电网|人工智能课堂',
  ),
  turns: split(
    '为何迟迟没有开工|的账单由谁来付|重新开放|背后的三年|迎来第一位女馆长|被居民告上法庭|把时间还给孩子|改了三次方案|终于公布预算|经历了最长的冬天|换了主人|不再沉默|缺的不只是钱|悄悄涨价|留下的问题|数字化之后|如何熬过停电|的新规矩|等待答复|走到十字路口',
  ),
  tails: split(
    '一份调查|记者手记|数据解读|三问|现场|访谈|他们的一天|回访|图解|编辑部的话|十年之后|一年之后|来自夜班的报道|听证会笔记|读者来信',
  ),
  title: (place, subject, turn) => `${place}${subject}${turn}`,
  colon: '：',
  sentences: split(
    `{place}的{subject}在过去{number}个月里换了两任负责人，文件却始终没有公开。|按照预算，{subject}需要{number}万元，目前到账的不足一半。|“我们不是反对{subject}，”居民{person}说，“我们只是想知道下一步是什么。”|记者查阅了{number}份会议纪要，其中只有三份提到了{place}。|**{person}**在{place}工作了二十年，她记得每一次停水的日期。|专家认为，{subject}的问题不能只靠罚款解决，更需要透明的数据。|{place}方面回应说，相关方案将在年底之前征求意见。|从航拍图上看，{subject}占地约{number}亩，与规划图并不一致。|*“这不是技术问题，”*{person}合上笔记本，*“是谁来负责的问题。”*|一位不愿具名的工作人员表示，最初的估算少算了维护费用。|统计显示，去年{place}有{number}个家庭因此搬离。|与之形成对照的是，相隔不远的另一个社区只用了四个月。|{person}把这些年的收据钉在墙上，最上面一张是{number}元。|在{place}，{subject}已经不是新闻，而是日常生活的一部分。|审计报告第{number}页写明，验收发生在工程结束之前。|天亮之前，第一班车会经过{place}，车上大多是去上早班的人。|他们开始自己记录，每天两次，用同一支温度计。|学校把通知贴在门口，落款日期却是两周以前。|如果没有那场大雨，{subject}的裂缝也许还要很久才会被人注意。|到发稿时为止，本报尚未收到对{number}项提问的书面答复。|{person}说，自己并不想成为新闻里的人。|这一次，{place}的居民决定把意见写成一封长信。`,
  ),
  gap: '',
  headings: split(
    '缺席的听证会|数字从哪里来|另一种算法|夜里的电话|谁来负责|三年之前|被忽略的一页|居民的办法|回应|接下来会怎样',
  ),
  lists: split(
    '首期资金已经拨付；第二期没有时间表；第三期尚未立项|公开会议纪要；核对验收日期；保留纸质记录|水务；交通；教育；医疗',
  ),
  quotes: split(
    '我们要的不是一句抱歉，而是一张时间表。|数字不会说谎，但是可以被放在没有人看的地方。|如果连日期都对不上，其他的就更不用谈了。',
  ),
  notes: '参考资料',
  familyNames: split('王|李|张|刘|陈|杨|赵|黄|周|吴|徐|孙|胡|朱|高|林|何|郭|马|罗'),
  givenNames: split(
    '敏|静|丽娜|强|磊|洋|艳|勇|杰|娟|涛|明远|秀英|霞|平|思齐|若兰|建国|晓峰|海燕|文博|雨桐|子墨|嘉宁|一帆',
  ),
  fullName: (given, family) => `${family}${given}`,
  outlets: split(
    '临澜日报|北岸晚报|南桥新闻|望江周刊|财经观察|今日科技|城市评论|海棠在线|青年记者|数据笔记|县域观察|公共政策研究',
  ),
  works: split(
    '{place}{subject}专项审计报告|{subject}建设管理办法|关于{place}{subject}的调查|{subject}年度统计公报|{place}的{number}天|谁在为{subject}买单|{subject}白皮书|{place}{subject}听证会记录',
  ),
}

/** English, as papers of the English-speaking world write. */
export const english: Words = {
  locale: 'en',
  stream: 2,
  places: split(
    'Harbour Bay|North Quay|Millbrook|Stonegate|Cedar Falls|Port Ansel|Westmoor|Lark Hill|Kingsferry|Old Town|Saltmarsh|Fenwick|Greycliff|Summerland|Elm Park|Ridgeway|Beacon Point|Ashby|Riverside|Coldwater|Thornbury|Marsh End|Hollin Bridge|Eastleigh|Dunmore',
  ),
  subjects: split(
    'library|bus line|school kitchen|chip plant|night market|hospital ward|data centre|sea wall|wind farm|food bank|rail depot|housing tower|water plant|art museum|repair café|fish harbour|language school|power grid|care home|coding class|theatre|football ground|recycling yard|rent register|tram depot',
  ),
  turns: split(
    'opens at night|waits for an answer|runs out of money|changes hands again|goes to court|keeps its secrets|counts every penny|survives the winter|meets its neighbours|rewrites the rules|loses its last doctor|learns to say no|publishes the budget|starts over|divides the council',
  ),
  tails: split(
    'three years later|what the files say|a reporter’s notebook|the numbers|questions and answers|the view from the night shift|an investigation|readers reply|in pictures|the long read',
  ),
  title: (place, subject, turn) => `${place} ${subject} ${turn}`,
  colon: ': ',
  sentences: split(
    'The {subject} in {place} has had two directors in {number} months, and neither left a forwarding address.|According to the budget the {subject} needs {number} thousand, of which less than half has arrived.|“We are not against the {subject},” said {person}, “we only want to know what comes next.”|We read {number} sets of minutes; three of them mention {place}.|**{person}** has worked in {place} for twenty years and remembers the date of every outage.|Experts say that fines alone will not mend the {subject}; open data might.|The council of {place} replied that a draft would be put to the public before the end of the year.|Seen from the air the {subject} covers about {number} acres, which is not what the plan shows.|*“This is not a technical question,”* {person} said, *“it is a question of who is responsible.”*|A member of staff who asked not to be named said the first estimate had left out maintenance.|Last year {number} households left {place} for that reason, the register shows.|A neighbouring district did the same work in four months.|Page {number} of the audit says that the work was accepted before it was finished.|Before dawn the first bus crosses {place}, carrying people to the early shift.|They began to keep their own records, twice a day, with the same thermometer.|Without that storm the cracks in the {subject} might have gone unseen for years.|By the time of publication {number} questions had received no written answer.|{person} never wanted to be in the news.|This time the people of {place} put their answer in one long letter.',
  ),
  gap: ' ',
  headings: split(
    'Where the numbers come from|The hearing nobody attended|Another way to count|Calls at night|Who is responsible|Three years earlier|The page that was skipped|What residents did|The reply|What happens next',
  ),
  lists: split(
    'The first payment has been made; The second has no date; The third has no budget|Publish the minutes; Check the dates; Keep the paper records|Water; Transport; Schools; Health',
  ),
  quotes: split(
    'We do not want an apology, we want a timetable.|Numbers do not lie, but they can be kept where nobody looks.|If the dates are wrong, what else is?',
  ),
  notes: 'References',
  familyNames: split(
    'Smith|Okafor|Hughes|Novak|Silva|Khan|Larsen|Moreau|Rossi|Tanaka|Walsh|Petrov|Ibrahim|Costa|Weber|Fraser|Nguyen|Abara|Lindqvist|Doyle',
  ),
  givenNames: split(
    'Anna|Ben|Clara|David|Elif|Femi|Grace|Hugo|Ines|Jonas|Kate|Liam|Mara|Noor|Oscar|Priya|Rosa|Samuel|Tessa|Victor',
  ),
  fullName: (given, family) => `${given} ${family}`,
  outlets: split(
    'Harbour Times|The Quay Review|Millbrook Gazette|Port Ansel Herald|Data Weekly|The Westmoor Post|City Ledger|Public Works Journal|Open Records Project|The Kingsferry Courier',
  ),
  works: split(
    'Audit of the {subject} in {place}|Who pays for the {subject}|The {subject}: annual statistics|{number} days in {place}|Minutes of the {place} hearing|Inside the {subject}|What {place} knew|The {subject} papers',
  ),
}
