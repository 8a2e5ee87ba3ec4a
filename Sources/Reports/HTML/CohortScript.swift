// SPDX-License-Identifier: Apache-2.0
/// The script of the cohort's page: searching, sorting and paging of what the page's data block holds.
enum CohortScript {
  static let bytes = Array(source.utf8)

  private static let source = #"""
    (function(){"use strict";
    var D=JSON.parse(document.getElementById("data").textContent),S=D.s,G=D.g,NS="http://www.w3.org/2000/svg";
    var TN=["","R","II-D","II-C","I-B","I-A"];
    function $(i){return document.getElementById(i)}
    function el(n,t,c){var e=document.createElement(n);if(t!==undefined)e.textContent=t;if(c)e.className=c;return e}
    function sv(n,a,t){var e=document.createElementNS(NS,n);for(var k in a)e.setAttribute(k,a[k]);
    if(t!==undefined)e.textContent=t;return e}
    function href(s){if(s[13]===0)return null;var f=encodeURIComponent(s[13]||s[0]);return "samples/"+f+"/"+f+".report.html"}
    function badge(t){var c="tier";if(t==="I-A")c+=" t1";else if(t==="I-B")c+=" t2";else if(t==="II-D")c+=" t4";
    else if(t.slice(0,2)==="R:")c+=" tr";return el("span",t,c)}
    function rank(t){return t?(t.slice(0,2)==="R:"?1:TN.indexOf(t)):0}
    var T=D.a.map(function(a){var m=new Map(),i=0,re=/([0-9a-z]+)([A-H])/g,x;
    while((x=re.exec(a[1]))){i+=parseInt(x[1],36);m.set(i,x[2])}return{name:a[0],m:m}});
    function tierOf(l){return ["I-A","I-B","II-C","II-D"][(l.charCodeAt(0)-65)%4]}
    document.querySelectorAll(".js").forEach(function(e){e.hidden=false});
    document.querySelectorAll(".nojs").forEach(function(e){e.hidden=true});

    // Samples.
    var PAGE=100,page=0,key=-1,up=true,pick=null,rows=S.map(function(_,i){return i});
    var O=D.o?D.o.split(" "):[],AL="0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH",geneOf=S.map(function(){return new Set()});
    O.forEach(function(e){var at=e.split(":"),g=geneOf[parseInt(at[0],36)];
    for(var j=0;j<at[1].length;j+=2)g.add(AL.indexOf(at[1][j]))});
    var low=S.map(function(s,i){return([s[0],s[1],D.t[s[2]],D.n[s[2]],s[3],s[4],s[5],s[6],s[8]].join(" ")+" "+
    Array.from(geneOf[i],function(g){return G[g]}).join(" ")).toLowerCase()});
    T.forEach(function(t){var n=" "+t.name.toLowerCase();t.m.forEach(function(_,i){low[i]+=n})});
    var F=["q","qt","qs","qm","qy","qg"],FN=["q","tier","status","missing","type","gene"];
    function lacking(s){return s[7]?s[7].split(", "):[]}
    // A filter names its values with their numbers.
    function choices(id,of,all){var c=new Map();S.forEach(function(s,i){of(s,i).forEach(function(v){c.set(v,(c.get(v)||0)+1)})});
    var o=el("option","all");o.value="";$(id).append(o);
    Array.from(c.keys()).sort(function(a,b){return c.get(b)-c.get(a)||(a<b?-1:1)}).forEach(function(v){
    var o=el("option",v+" ("+c.get(v)+")");o.value=v;$(id).append(o)})}
    choices("qs",function(s){return[s[3]]});choices("qm",lacking);choices("qy",function(s){return[D.t[s[2]]||"unknown"]});
    choices("qg",function(s,i){return Array.from(geneOf[i],function(g){return G[g]})});
    [["all",""]].concat(T.map(function(t,i){return[t.name+" ("+t.m.size+")",i]})).forEach(function(c){
    var o=el("option",c[0]);o.value=c[1];$("qr").append(o)});
    $("qr").addEventListener("change",function(){pick=$("qr").value===""?null:+$("qr").value;filter()});
    function val(i,k){var v=S[i][k>7?k+1:k];return k===4?rank(v):k===2?D.t[v]:v}
    function filter(){var q=$("q").value.toLowerCase().trim().split(/\s+/),t=$("qt").value,st=$("qs").value,m=$("qm").value,
    ty=$("qy").value,g=G.indexOf($("qg").value);
    rows=[];for(var i=0;i<S.length;i++){var s=S[i];if(pick!==null&&!T[pick].m.has(i))continue;
    if(t==="any"?rank(s[4])<2:t&&s[4]!==t)continue;if(st&&s[3]!==st||m&&lacking(s).indexOf(m)<0)continue;
    if(ty&&(D.t[s[2]]||"unknown")!==ty||g>=0&&!geneOf[i].has(g))continue;
    if(q.every(function(w){return low[i].indexOf(w)>=0}))rows.push(i)}
    if(key>=0)rows.sort(function(a,b){var x=val(a,key),y=val(b,key);return x<y?(up?-1:1):x>y?(up?1:-1):a-b});
    page=0;draw();remember()}
    // The address keeps the filters, so that a view may be passed on.
    function remember(){var p=new URLSearchParams();F.forEach(function(f,k){if($(f).value)p.set(FN[k],$(f).value)});
    if(pick!==null)p.set("therapy",T[pick].name);var h=p.toString();
    if(h||location.hash.indexOf("=")>0)try{history.replaceState(null,"",h?"#"+h:location.pathname)}catch(e){}}
    function recall(){if(location.hash.indexOf("=")<0)return;var p=new URLSearchParams(location.hash.slice(1));
    F.forEach(function(f,k){$(f).value=p.get(FN[k])||"";if($(f).value===""&&f!=="q")$(f).selectedIndex=0});
    var n=p.get("therapy"),i=n===null?-1:T.findIndex(function(t){return t.name.toLowerCase()===n.toLowerCase()});pick=i<0?null:i}
    function draw(){$("qr").value=pick===null?"":pick;var b=$("rows"),n=Math.max(1,Math.ceil(rows.length/PAGE));b.textContent="";
    rows.slice(page*PAGE,page*PAGE+PAGE).forEach(function(i){var s=S[i],r=el("tr"),h=el("th"),a=el("a",s[0]);
    h.scope="row";if(href(s))a.href=href(s);h.append(a);r.append(h,el("td",s[1]),el("td",D.t[s[2]]||"unknown"),el("td",s[3]));
    var c=el("td");if(s[4])c.append(badge(s[4]));r.append(c);
    if(pick!==null){var l=T[pick].m.get(i);c.append(" ",el("span","for it: "+tierOf(l)+(l>"D"?", conditional":""),"small soft"))}
    r.append(el("td",s[5]),el("td",s[6]),el("td",s[7],"small"));
    for(var k=9;k<13;k++)r.append(el("td",s[k],"n"));b.append(r)});
    $("count").textContent=rows.length+" of "+S.length+" samples"+(pick===null?"":" with a row for "+T[pick].name)+
    ", page "+(page+1)+" of "+n;$("prev").disabled=page===0;$("next").disabled=page>=n-1;$("clear").hidden=pick===null}
    var timer;$("q").addEventListener("input",function(){clearTimeout(timer);timer=setTimeout(filter,120)});
    F.slice(1).forEach(function(f){$(f).addEventListener("change",filter)});
    addEventListener("hashchange",function(){recall();filter()});
    $("prev").addEventListener("click",function(){page--;draw()});
    $("next").addEventListener("click",function(){page++;draw()});
    $("clear").addEventListener("click",function(){pick=null;filter()});
    function sorter(table,act){document.querySelectorAll("#"+table+" thead th[data-k]").forEach(function(h){
    var b=el("button",h.textContent,"sort");h.textContent="";h.append(b);b.type="button";
    b.addEventListener("click",function(){var f=h.classList.contains("n")||h.dataset.d?"descending":"ascending",
    d=h.getAttribute("aria-sort")!==f?f:f==="ascending"?"descending":"ascending";
    document.querySelectorAll("#"+table+" thead th").forEach(function(o){o.removeAttribute("aria-sort")});
    h.setAttribute("aria-sort",d);act(+h.dataset.k,d==="ascending")})})}
    sorter("samples-table",function(k,a){key=k;up=a;filter()});

    // Therapies.
    var TP=50,tp=0,tk=-1,tu=false,tr=[];
    T.forEach(function(t){var c=[0,0,0,0,0];t.m.forEach(function(l){if(l>"D")c[4]++;else c[l.charCodeAt(0)-65]++});
    t.v=[t.name,t.m.size].concat(c)});
    function tfilter(){var q=$("aq").value.toLowerCase().trim();tr=[];
    T.forEach(function(t,i){if(t.name.toLowerCase().indexOf(q)>=0)tr.push(i)});
    if(tk>=0)tr.sort(function(a,b){var x=T[a].v[tk],y=T[b].v[tk];return x<y?(tu?-1:1):x>y?(tu?1:-1):a-b});tp=0;tdraw()}
    function tdraw(){var b=$("trows"),n=Math.max(1,Math.ceil(tr.length/TP));b.textContent="";
    tr.slice(tp*TP,tp*TP+TP).forEach(function(i){var t=T[i],r=el("tr"),h=el("th",t.name);h.scope="row";r.append(h);
    for(var k=1;k<7;k++)r.append(el("td",t.v[k],"n"));
    var c=el("td"),u=el("button","show samples");u.type="button";u.setAttribute("aria-label","show samples with "+t.name);
    u.addEventListener("click",function(){pick=i;filter();$("samples").scrollIntoView()});c.append(u);r.append(c);b.append(r)});
    $("tcount").textContent=tr.length+" of "+T.length+" therapies, page "+(tp+1)+" of "+n;
    $("tprev").disabled=tp===0;$("tnext").disabled=tp>=n-1}
    $("aq").addEventListener("input",tfilter);
    $("tprev").addEventListener("click",function(){tp--;tdraw()});
    $("tnext").addEventListener("click",function(){tp++;tdraw()});
    sorter("therapies-table",function(k,a){tk=k;tu=a;tfilter()});

    // The oncoprint, drawn as the program drew the first page.
    var svg=$("print"),op=0,ON=250;
    var W={f:"fusion",a:"amplification",d:"homozygous deletion",t:"truncating",s:"splice",i:"in-frame",m:"missense",
    p:"promoter",o:"other"};
    function shape(c,x,y,w){switch(c){case"a":return"M"+x+" "+y+"h"+w+"v9h-"+w+"z";
    case"d":return"M"+x+" "+(y+7)+"h"+w+"v9h-"+w+"z";
    case"f":return"M"+(x+w/4)+" "+y+"h"+w/2+"v16h-"+w/2+"z";
    case"t":return"M"+x+" "+(y+3)+"h"+w+"v10h-"+w+"z";
    case"m":return"M"+x+" "+(y+6)+"h"+w+"v4h-"+w+"z";
    case"i":return"M"+x+" "+(y+3)+"h"+w+"v3h-"+w+"zm0 7h"+w+"v3h-"+w+"z";
    case"s":return"M"+x+" "+(y+13)+"h"+w+"l-"+w/2+"-10z";
    case"p":return"M"+x+" "+(y+1)+"h"+w+"v3h-"+w+"z";
    default:return"M"+(x+w/4)+" "+(y+5)+"h"+w/2+"v6h-"+w/2+"z"}}
    // Kinds of assay that a sample lacks: 1 mutations, 2 copy number, 4 fusions.
    function lacks(s){return s[3]==="failed"?7:(/mutations/.test(s[7])?1:0)+(/copy number/.test(s[7])?2:0)+(/fusions/.test(s[7])?4:0)}
    function oncoprint(){var part=O.slice(op*ON,op*ON+ON),n=part.length,p=Math.max(4,Math.min(18,Math.floor(1000/n))),
    w=p-1,L=D.l,old=svg.querySelector("g"),g=sv("g");
    svg.setAttribute("viewBox","0 0 "+(L+n*p+4)+" "+D.h);svg.setAttribute("width",L+n*p+4);
    svg.querySelectorAll("rect.bg").forEach(function(r){r.setAttribute("width",n*p)});
    svg.querySelector("pattern").setAttribute("width",p);svg.querySelector("pattern rect").setAttribute("width",w);
    [["np","unchanged, not all assayed"],["na","not assayed"]].forEach(function(c,full){var d="";
    G.forEach(function(_,j){var a=+D.k[j],from=-1;for(var k=0;k<=n;k++){
    var m=k<n?a&lacks(S[parseInt(part[k],36)]):0,is=m&&(m===a)===!!full;
    if(is&&from<0)from=k;if(!is&&from>=0){var z=(k-from)*p-1;d+="M"+(L+from*p)+" "+(46+20*j)+"h"+z+"v16h-"+z+"z";from=-1}}});
    if(d){var q=sv("path",{class:c[0],d:d});q.append(sv("title",{},c[1]));g.append(q)}});
    part.forEach(function(e,k){var at=e.split(":"),i=parseInt(at[0],36),s=S[i],x=L+k*p,r,
    l=sv("a",href(s)?{href:href(s),tabindex:-1}:{});
    function put(c,d,t){r=sv("path",{class:c,d:d});if(t)r.append(sv("title",{},s[0]+": "+t));l.append(r)}
    function bar(y,h){return"M"+x+" "+y+"h"+w+"v"+h+"h-"+w+"z"}
    l.append(sv("title",{},s[0]));put("go",bar(2,D.h-6));put("c"+Math.min(s[2],7),bar(2,16),D.t[s[2]]||"unknown");
    if(s[4]){var q=rank(s[4]),hh=q===1?3:(q-1)*4;put("k"+q,bar(38-hh,hh),s[4])}
    for(var j=0;j<at[1].length;j+=2){var a=AL.indexOf(at[1][j]),c=at[1][j+1];
    put(c,shape(c,x,46+20*a,w),G[a]+" "+W[c])}g.append(l)});
    old.replaceWith(g);var m=Math.max(1,Math.ceil(O.length/ON));
    $("opage").textContent="Samples "+(op*ON+1)+" to "+(op*ON+n)+" of "+O.length;
    $("oprev").disabled=op===0;$("onext").disabled=op>=m-1}
    if(svg){$("oprev").addEventListener("click",function(){op--;oncoprint()});
    $("onext").addEventListener("click",function(){op++;oncoprint()});
    if(O.length<=ON)$("onav").hidden=true;else oncoprint()}
    recall();filter();tfilter();
    })();
    """#
}
