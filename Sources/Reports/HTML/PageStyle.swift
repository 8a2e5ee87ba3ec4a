// SPDX-License-Identifier: Apache-2.0
internal import SystemIO

/// The style sheets of the pages, with the policy that lets nothing else in.
enum PageStyle {
  /// Colours and elements that all pages share.
  static let common = """
    :root{--bg:#fff;--panel:#f4f6f8;--line:#d5dbe1;--ink:#17212b;--soft:#4d5a67;--link:#0a558c;\
    --good:#0d5f4b;--bad:#9a2a1c;--warn:#7a4b00;--i1:#0b4a6f;--i2:#1f6d94;--onfill:#fff;--hit:#b3261e;--lost:#1a4fa0;\
    --mark:#fff4d6}
    @media screen and (prefers-color-scheme:dark){:root{--bg:#12171c;--panel:#1b2229;--line:#38434e;--ink:#e6ebf0;--soft:#aab6c2;\
    --link:#86c5f4;--good:#7fd6ba;--bad:#ff9d8c;--warn:#f2c063;--i1:#9fd3f5;--i2:#6fb4dc;--onfill:#0c1720;\
    --hit:#ff8f80;--lost:#8db8ff;--mark:#3a3016}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.45 system-ui,"Segoe UI",Roboto,"Liberation Sans",\
    "DejaVu Sans",sans-serif;overflow-wrap:break-word}
    code,dd,li,td{overflow-wrap:anywhere}
    a{color:var(--link)}
    :focus-visible{outline:2px solid var(--link);outline-offset:2px}
    h1,h2,h3,h4,p,dl,dd,ul{margin:0}
    .skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--bg);padding:4px 8px;z-index:9}
    .wrap{max-width:1160px;margin:0 auto;padding:0 20px}
    .use{background:var(--mark);border-bottom:1px solid var(--line);font-size:12px;padding:4px 0}
    .soft,small{color:var(--soft)}.small,small{font-size:13px}
    table{border-collapse:collapse;width:100%;font-size:14px}
    caption{text-align:left;color:var(--soft);font-size:13px;padding:0 0 4px}
    th,td{text-align:left;vertical-align:top;padding:5px 10px 5px 0;border-bottom:1px solid var(--line)}
    thead th{color:var(--soft);font-weight:600;font-size:13px}
    td.n,th.n{text-align:right;overflow-wrap:normal;font-variant-numeric:tabular-nums}
    .scroll{overflow-x:auto}
    code{font:13px ui-monospace,"Liberation Mono","DejaVu Sans Mono",monospace}
    .tier{display:inline-block;min-width:2.9em;text-align:center;border:1.5px solid var(--i2);border-radius:4px;\
    padding:0 5px;font-weight:700;font-size:13px;color:var(--i1);white-space:nowrap}
    .t1{background:var(--i1);border-color:var(--i1);color:var(--onfill)}
    .t2{background:var(--i2);border-color:var(--i2);color:var(--onfill)}
    .t4{border-style:dashed}.th{border-color:var(--line);color:var(--soft)}
    .tr{border-color:var(--bad);color:var(--bad);background:none}
    """

  /// The page of a sample.
  static let sample =
    common + """

      .top{padding:8px 0 9px;border-bottom:1px solid var(--line)}
      .kick{font-size:13px;color:var(--soft)}
      h1{font-size:24px;line-height:1.2;margin:0 0 5px}
      h2{font-size:19px;margin:0 0 4px}
      h3{font-size:16px}main section>h3{margin-top:14px}
      h4{font-size:13px;color:var(--soft)}
      .facts{display:flex;flex-wrap:wrap;gap:4px 32px}.facts div{max-width:290px}
      .first h2,.first h3{margin:10px 0 2px}.first>h2{margin:0}.first h2{font-size:16px}.first h3{font-size:14px}.cols:not(.one)>div+div h2{font-size:14px}.first small{font-weight:400;font-size:12px}
      @media (min-width:601px){.kick{float:right;margin:4px 0 0 16px}}
      @media (min-width:1100px){.cols:not(.one){display:grid;grid-template-columns:minmax(0,2fr) minmax(0,1fr);gap:28px}.wrap{max-width:1240px}}
      .first table{font-size:13px;line-height:1.35;table-layout:fixed}.first td,.first th{padding:2px 8px 2px 0}.first p{font-size:14px}.cols p{font-size:13px}
      .first tr>:nth-child(1){width:21%}.first tr>:nth-child(2){width:18%}.first tr>:nth-child(3){width:20%}
      .first tr>:nth-child(4){width:10%;white-space:nowrap}.first tr>:nth-child(5){width:16%}.first thead th{font-size:12px}
      #t-waiting thead th{font-size:0;line-height:0;padding:0;border:0}.first caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
      .lines{padding-left:16px;font-size:13px;line-height:1.35}#legend{font-size:13px}#legend .kv{font-size:13px}
      .facts dt{font-size:12px;color:var(--soft)}.facts dd{font-weight:600}.facts small{font-weight:400}td small,.facts small{display:block}
      nav ul{list-style:none;padding:8px 0;display:flex;flex-wrap:wrap;gap:6px 16px;font-size:14px}
      nav{border:solid var(--line);border-width:1px 0;margin-top:14px}
      nav b{font-variant-numeric:tabular-nums;font-weight:600;color:var(--soft)}
      main section{padding:22px 0 4px}main .first{padding:10px 0 0}
      .lead{color:var(--soft);margin-bottom:8px;max-width:75ch}
      .box{border:1px solid var(--line);border-left:4px solid var(--warn);border-radius:4px;padding:8px 12px;margin:14px 0 0}
      article{border-top:1px solid var(--line);padding:5px 0}
      article summary{color:var(--ink)}article summary h3{display:inline;margin-right:8px;color:var(--link)}
      h3 small{font-weight:400;margin-left:8px}
      h3>span{font-size:14px;font-weight:400;color:var(--ink);margin-left:8px}
      details>div[id]{padding:6px 0;border-top:1px dotted var(--line)}
      div:target,tr:target{background:var(--mark)}
      div[id]>p:first-child{display:flex;flex-wrap:wrap;gap:3px 10px;align-items:baseline}div[id]>p+p{font-size:13px}
      b[class]{font-weight:600;font-size:13px;white-space:nowrap}
      .vs{color:var(--good)}.vo{color:var(--bad)}.vc{color:var(--warn)}.vh{color:var(--soft)}
      @media screen{#near_misses td+td,#alterations td:nth-child(n+5){font-size:13px}}#alterations td:last-child{width:14%;color:var(--soft)}
      .kv,article dl{display:grid;grid-template-columns:92px minmax(0,1fr);gap:1px 12px;align-items:baseline;font-size:14px;margin-top:3px}
      dt{color:var(--soft);font-size:13px}
      .need{font-weight:600;color:var(--warn)}
      .against{border-left:3px solid var(--bad);padding:2px 0 2px 12px;margin:4px 0}
      .against ul{padding-left:18px;font-size:14px}.against h4{color:var(--bad)}article>details>p{border-left:3px solid var(--line);padding:2px 0 2px 12px;margin:4px 0;font-size:14px}
      details{margin:4px 0}summary{cursor:pointer;color:var(--link);font-size:14px;padding:2px 0}
      .foot{border-top:1px solid var(--line);margin-top:26px;padding:14px 0 40px;font-size:14px}
      .foot ul{padding-left:18px}
      .pic{margin:0;max-width:420px;background:var(--panel);border-radius:6px;padding:8px}
      .pic svg{display:block;width:100%;height:auto}
      .pic rect{fill:var(--bg);stroke:var(--line)}.pic .on{stroke:var(--ink);stroke-width:1.6}
      .pic text{font-size:11.5px;fill:var(--ink)}.pic .t{font-weight:700;font-size:12px}.pic .e{fill:var(--soft)}.pic .a{fill:var(--good)}
      .up{fill:var(--hit)}.down{fill:var(--lost)}.alt{fill:none;stroke:var(--ink);stroke-width:1.4}
      .pic .o,.pic circle{fill:none;stroke:var(--good);stroke-width:1.6}.pic .found{fill:var(--ink);stroke:none}.pic .given{fill:var(--ink);fill-opacity:.35;stroke:none}.pic .not{stroke:var(--ink)}.edge{stroke:var(--soft);fill:none;stroke-width:1.3}
      .onlyprint{display:none}
      @media (max-width:600px){.wrap{padding:0 14px}h1{font-size:23px}.wide{display:none}
      .kv,article dl{grid-template-columns:70px minmax(0,1fr);gap:1px 8px}.facts{display:block}.facts div{display:flex;gap:8px;align-items:baseline;max-width:none}.facts dt{flex:0 0 86px}
      .scroll table{min-width:640px}.scroll{border-right:3px solid var(--line)}
      .scroll::before{content:"wider than this screen: scroll to the right \\2192";position:sticky;left:0;font-size:12px;color:var(--soft)}
      .first table,.first tbody,.first tr{display:block}.first thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
      .first tbody th,.first tbody td{display:inline;border:0;padding:0 6px 0 0;font-size:13px}.first tbody tr{border-bottom:1px solid var(--line);padding:5px 0}
      .first tr>:nth-child(n){width:auto}.first tbody th:nth-child(1){display:block;font-size:14px}.first td:nth-child(2){display:block}.first td:nth-child(n+5)::before{content:"\\B7  "}.first td:nth-child(2)::before{content:"because of "}
      .first td div{display:inline}.first td div::before{content:" \\2013  "}}
      @page{size:A4;margin:13mm 12mm}
      @media print{:root{--panel:#fff;--line:#bbb;--ink:#000;--soft:#444;--link:#000;--mark:#fff}
      body{font-size:9.5pt;line-height:1.3}.wrap{max-width:none;padding:0}nav,.skip{display:none}.onlyprint{display:block}
      h1{font-size:14pt;margin:0}.kick{display:none}h2{font-size:12pt}.top{padding:2px 0}.facts{gap:0 16px}.cols:not(.one)>div+div h2{font-size:9pt}.facts small{font-size:7pt}.use{padding:0 0 2px;font-size:7.5pt}
      main .first{padding:3px 0 0}.first h2{font-size:10pt;margin:4px 0 1px}.first p{font-size:8pt;line-height:1.2}.first h3{font-size:9pt;margin:4px 0 1px}
      .cols>div+div{columns:2;column-gap:20px;margin-top:4px}.cols>div+div>h2:first-child{margin-top:0}.first td div{display:inline}.first td div::before{content:" "}
      table,.kv,article dl,li{font-size:8pt;line-height:1.2}.first table,.first li,.first .small,.first thead th{font-size:7.5pt;line-height:1.18}#t-waiting thead th{font-size:0}.first .tier{font-size:7pt}td,th,.first td,.first th{padding:1px 8px 1px 0}code,b[class]{font-size:8pt}
      .lines{padding-left:12px}.facts dd{font-size:8.5pt}.facts dt{font-size:7.5pt}.lead{margin:0;font-size:8pt;max-width:none}dt{font-size:8pt}small,div[id]>p+p,.small,.kick,caption,thead th{font-size:8pt}
      main section{padding:6px 0 0}main section>h2{font-size:10.5pt}main section>h3{font-size:9.5pt;margin-top:4px}
      #legend,#legend .kv{font-size:7.5pt;break-inside:avoid;grid-template-columns:52px 1fr}.first summary{font-size:7.5pt}.tier{font-size:7.5pt;padding:0 3px;border-width:1px}
      article{padding:1px 0}details{margin:0}summary{list-style:none;font-size:8.5pt;padding:0}article h3,h3>span,h3 small{font-size:8.5pt}
      details>div,tr,.pic,li,summary,figure{break-inside:avoid}h2,h3,h4,caption,thead,.lead{break-after:avoid}a{text-decoration:none}
      .scroll{overflow:visible}.pic{max-width:250px;padding:0}.t1,.t2{background:none;color:var(--i1);border-width:2px}
      .foot{margin-top:4px;padding:2px 0;font-size:8pt}.foot ul{columns:2}.foot li{font-size:7.5pt}.foot h2{display:none}
      /* The summary alone where the address names it: the link `print the summary`. */
      #summary:target~:not(#legend){display:none}}
      """

  /// The page of a cohort.
  static let cohort =
    common + """

      .top{padding:18px 0 14px;border-bottom:1px solid var(--line)}
      .kick{font-size:13px;color:var(--soft)}
      h1{font-size:28px;line-height:1.2;margin:2px 0 10px}h2{font-size:19px;margin:0 0 4px}
      .facts{display:flex;flex-wrap:wrap;gap:8px 32px}.facts dt{font-size:12px;color:var(--soft)}.facts dd{font-weight:600}
      main section{padding:22px 0 4px}.lead{color:var(--soft);margin-bottom:8px;max-width:75ch}
      .two{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:32px}
      .bar{width:45%}.bar svg{display:block;width:100%;height:12px;margin-top:5px}
      .hid{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
      .grey{fill:#bebebe}.f{fill:#8b00c9}.a{fill:#f00}.d{fill:#00f}.t{fill:#000}.s{fill:#e5802b}.i{fill:#993404}
      .na{fill:var(--bg);stroke:#8a8a8a;stroke-width:.8}.np{fill:var(--bg);fill-opacity:.6}.go{fill:transparent}a:hover .go{fill:var(--link);fill-opacity:.15}
      .m{fill:#008000}.p{fill:#00b7ce}.o{fill:#cf58bc}
      .c0{fill:#0072b2}.c1{fill:#e69f00}.c2{fill:#009e73}.c3{fill:#cc79a7}.c4{fill:#56b4e9}.c5{fill:#d55e00}
      .c6{fill:#b8a800}.c7{fill:#8a8a8a}
      .k5{fill:var(--i1)}.k4{fill:var(--i2)}.k3{fill:var(--k3)}.k2{fill:var(--k2)}.k1{fill:var(--bad)}.k0{fill:var(--panel)}
      :root{--k3:#5fa4cc;--k2:#a9cfe4}
      @media (prefers-color-scheme:dark){:root{--k3:#4683a8;--k2:#335f7b}}
      .ol{font:600 12px system-ui,"Liberation Sans","DejaVu Sans",sans-serif;fill:var(--ink)}
      .op{font-weight:400;fill:var(--soft);text-anchor:end}.bg{fill:url(#cell)}
      .legend{list-style:none;padding:6px 0 0;display:flex;flex-wrap:wrap;gap:4px 16px}.legend svg{vertical-align:-3px}
      .tools{display:flex;flex-wrap:wrap;gap:8px 14px;align-items:center;margin:6px 0 8px;font-size:14px}
      .tools[hidden]{display:none}
      input,select,button{font:inherit;font-size:14px;color:var(--ink);background:var(--bg);border:1px solid var(--soft);\
      border-radius:4px;padding:3px 8px}
      select,.tools label{max-width:100%}button{cursor:pointer}button:disabled{color:var(--soft);border-color:var(--line);cursor:default}
      td,th{overflow-wrap:break-word}
      .sort{border:0;padding:0;font-weight:600;font-size:13px;color:var(--link);background:none;text-align:inherit}
      th[aria-sort=ascending] .sort::after{content:" \\2191"}th[aria-sort=descending] .sort::after{content:" \\2193"}
      summary{cursor:pointer;color:var(--link);font-size:14px;padding:4px 0}
      .foot{border-top:1px solid var(--line);margin-top:26px;padding:14px 0 40px;font-size:14px}.foot ul{padding-left:18px}
      @media (max-width:760px){.two{grid-template-columns:minmax(0,1fr);gap:20px}.wrap{padding:0 14px}
      .scroll table{min-width:820px}#therapies-table{min-width:600px}input{width:12em}
      .scroll::before{content:"wider than this screen: scroll to the right \\2192";position:sticky;left:0;font-size:12px;color:var(--soft)}.draw:not(.over)::before{display:none}}#rows th{min-width:105px}
      @page{size:A4 landscape;margin:12mm;@bottom-right{content:"page " counter(page) " of " counter(pages);font:9pt sans-serif}}
      @media print{.tools,.skip{display:none}.wrap{max-width:none;padding:0}tr{break-inside:avoid}svg{max-width:100%;height:auto}}
      """

  /// The bytes of a style sheet and the policy that admits it.
  struct Sheet: Sendable {
    let bytes: [UInt8]
    let policy: String
    private let digest: String

    /// The policy that admits another style sheet beside this one.
    func policy(with other: [UInt8]) -> String {
      "default-src 'none'; style-src '\(digest)' '\(SHA256.policySource(other))'; img-src data:; "
        + "base-uri 'none'; form-action 'none'"
    }

    init(_ text: String, script: [UInt8]? = nil) {
      bytes = Array(text.utf8)
      digest = SHA256.policySource(bytes)
      let scripts = script.map { "script-src '\(SHA256.policySource($0))'; " } ?? ""
      policy =
        "default-src 'none'; \(scripts)style-src '\(digest)'; img-src data:; "
        + "base-uri 'none'; form-action 'none'"
    }
  }

  /// The sheet of a sample's page.
  static let samplePage = Sheet(sample)
}
