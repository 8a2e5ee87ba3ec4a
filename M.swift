internal import A
@inline(never) func f(_ x: Int) -> Int { B.pk(x) }
@inline(never) func g(_ x: Int) -> Int { P.pb(x) }
print(f(CommandLine.arguments.count), g(CommandLine.arguments.count))
