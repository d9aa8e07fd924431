using VirtualView.Core.FileSystem;
using VirtualView.Fuse;
using VirtualView.Fuse.TestHost;
using VirtualView.Fuse.TestHost.Writable;

// Mounts the sample tree at DIR and obeys commands on standard input:
//   VirtualView.Fuse.TestHost DIR [System|Fusermount] [read-only] [allow-other] [non-empty] [names-by-time] [writable] [recording=FILE]
// or with "writable" an empty file system that can be written; what is written to its one file may be recorded.
const string RecordingOption = "recording=";
var options = new FuseMountOptions
{
    MountPoint = args[0],
    Method = args.Select(word => Enum.TryParse<MountMethod>(word, out var method) ? method : MountMethod.Automatic).Max(),
    ReadOnly = args.Contains("read-only"),
    AllowOther = args.Contains("allow-other"),
    AllowNonEmpty = args.Contains("non-empty"),
    NamesExpireByTime = args.Contains("names-by-time"),
};
using var recording = args.FirstOrDefault(word => word.StartsWith(RecordingOption, StringComparison.Ordinal)) is { } named
    ? new WriteRecording(named[RecordingOption.Length..])
    : null;
var writable = args.Contains("writable") ? new WritableFileSystem(TimeProvider.System) { Recording = recording } : null;
var tree = writable is null ? new SampleTree(TimeProvider.System) : null;
FuseMount mount;
try
{
    mount = await FuseMount.StartAsync(options, (IViewFileSystem?)writable ?? tree!.Files, TimeProvider.System, new ErrorLogger(), CancellationToken.None);
}
catch (MountException refusal)
{
    Console.WriteLine($"refused {refusal.Message}");
    return 1;
}

Console.WriteLine($"mounted {mount.MountPoint}");
Func<string, Task<string>> run = writable is null
    ? new HostCommands(mount, tree!).RunAsync
    : line => Task.FromResult(new WritableCommands(mount, writable).Run(line));
var ended = mount.Completion.ContinueWith(_ => (string?)null, TaskScheduler.Default);
while (true)
{
    // The mount's end, from wherever it comes, ends the host as well.
    var line = await await Task.WhenAny(Task.Run(Console.In.ReadLineAsync), ended);
    if (line is null or "exit") break;
    Console.WriteLine(await run(line));
}

await mount.DisposeAsync();
Console.WriteLine("ended");
return 0;
