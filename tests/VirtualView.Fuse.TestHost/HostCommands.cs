using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Fuse.TestHost;

/// <summary>What the host does on a line of its standard input. Each answers with one line.</summary>
internal sealed class HostCommands(FuseMount mount, SampleTree tree)
{
    public async Task<string> RunAsync(string line)
    {
        var words = line.Split(' ');
        switch (words[0])
        {
            case "change":
                tree.Change();
                return "changed";
            case "notify":
                mount.EntryChanged(NodeId.Root, PathName.Of(words[1]));
                return "notified";
            case "notify-in":
                mount.EntryChanged(tree.Files.Root.Child(PathName.Of(words[1]))!.Id, PathName.Of("some"));
                return "notified";
            case "touch":
                mount.NodeChanged(tree.Files.Root.Child(PathName.Of(words[1]))!.Id);
                return "touched";
            case "mkdir":
                tree.Files.Root.Put(PathName.Of(words[1]), tree.Files.Add(EntryKind.Directory));
                return "created";
            case "create":
                tree.Files.Root.Put(PathName.Of(words[1]), tree.Files.Add(EntryKind.File, 1, SampleTree.SmallSeed));
                return "created";
            case "delete":
                tree.Files.Root.Put(PathName.Of(words[1]), null);
                return "deleted";
            case "count":
                return Count(words[1]);
            case "unmount":
                return (await mount.UnmountAsync(words is [_, "force"]).ConfigureAwait(false)).ToString();
            default:
                return $"unknown: {line}";
        }
    }

    private string Count(string what) => what switch
    {
        "handles" => $"{tree.Files.OpenHandles}",
        "lookups" => $"{tree.Files.OutstandingLookups}",
        "granted" => $"{tree.Files.GrantedLookups}",
        "stale" => $"{tree.Files.OpenedStale}",
        "misses" => $"{mount.Counters.ReadMisses}",
        "hits" => $"{mount.Counters.ReadHits}",
        "bytes" => $"{mount.Counters.ReadBytes}",
        "errors" => $"{mount.Counters.Errors}",
        "interrupted" => $"{mount.Counters.Interrupted}",
        "refused" => $"{mount.Counters.RefusedReplies}",
        "sent" => $"{mount.Counters.NotificationsSent}",
        "dropped" => $"{mount.Counters.NotificationsDropped}",
        "collections" => $"{GC.CollectionCount(0)}",
        "all" => string.Join(' ', mount.Counters.Requests().Select(pair => $"{pair.Key}={pair.Value}")),
        _ => $"{mount.Counters.Requests().GetValueOrDefault(what)}",
    };
}
