using VirtualView.Fuse;
using VirtualView.Fuse.TestHost;

// Mounts the sample tree at DIR and obeys commands on standard input:
//   VirtualView.Fuse.TestHost DIR [System|Fusermount] [read-only] [allow-other] [non-empty] [names-by-time]
var options = new FuseMountOptions
{
    MountPoint = args[0],
    Method = args.Select(word => Enum.TryParse<MountMethod>(word, out var method) ? method : MountMethod.Automatic).Max(),
    ReadOnly = args.Contains("read-only"),
    AllowOther = args.Contains("allow-other"),
    AllowNonEmpty = args.Contains("non-empty"),
    NamesExpireByTime = args.Contains("names-by-time"),
};
var tree = new SampleTree(TimeProvider.System);
FuseMount mount;
try
{
    mount = await FuseMount.StartAsync(options, tree.Files, TimeProvider.System, new ErrorLogger(), CancellationToken.None);
}
catch (MountException refusal)
{
    Console.WriteLine($"refused {refusal.Message}");
    return 1;
}

Console.WriteLine($"mounted {mount.MountPoint}");
var commands = new HostCommands(mount, tree);
var ended = mount.Completion.ContinueWith(_ => (string?)null, TaskScheduler.Default);
while (true)
{
    // The mount's end, from wherever it comes, ends the host as well.
    var line = await await Task.WhenAny(Task.Run(Console.In.ReadLineAsync), ended);
    if (line is null or "exit") break;
    Console.WriteLine(await commands.RunAsync(line));
}

await mount.DisposeAsync();
Console.WriteLine("ended");
return 0;
