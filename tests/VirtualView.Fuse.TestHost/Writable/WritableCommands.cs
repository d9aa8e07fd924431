using System.Globalization;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;

namespace VirtualView.Fuse.TestHost.Writable;

/// <summary>What the host of a writable file system does on a line of its standard input.</summary>
internal sealed class WritableCommands(FuseMount mount, WritableFileSystem files)
{
    public string Run(string line)
    {
        var words = line.Split(' ');
        switch (words[0])
        {
            case "make":
                files.MakeUnseen(PathName.Of(words[1]), "there already"u8, Convert.ToInt32(words[2], 8));
                return "made";
            case "capacity":
                files.CapacityBytes = long.Parse(words[1], CultureInfo.InvariantCulture);
                return "limited";
            case "sync-error":
                files.SyncError = Enum.Parse<FileSystemError>(words[1]);
                return "set";
            case "write-error":
                files.WriteError = Enum.Parse<FileSystemError>(words[1]);
                return "set";
            case "slow":
                files.IsSlow = words[1] == "on";
                return "set";
            case "count":
                return words[1] switch
                {
                    "handles" => $"{files.OpenHandles}",
                    "nodes" => $"{files.Nodes}",
                    "written" => $"{mount.Counters.WrittenBytes}",
                    "delayed" => $"{mount.Counters.DelayedWrites}",
                    "errors" => $"{mount.Counters.Errors}",
                    var opcode => $"{mount.Counters.Requests().GetValueOrDefault(opcode)}",
                };
            default:
                return $"unknown: {line}";
        }
    }
}
