using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Fuse.Mounting;

namespace VirtualView.Cli.Daemons;

/// <summary>
/// Finds the mount that holds a path. Symbolic links are followed outside of our mounts; inside them nothing is
/// touched, because the daemon behind may be dead. Paths are <see cref="RawText"/>.
/// </summary>
internal sealed class PathWalk(ImmutableArray<MountEntry> mounts, Func<string, string?> readLink)
{
    // As the kernel's own limit.
    private const int MaxLinks = 40;

    private readonly ImmutableDictionary<string, MountEntry> _ours =
        mounts.Where(mount => mount.IsOurs).GroupBy(mount => mount.MountPoint).ToImmutableDictionary(point => point.Key, point => point.Last());

    public static PathWalk OfThisMachine(ImmutableArray<MountEntry> mounts) => new(mounts, ReadLink);

    /// <summary>The absolute path with links resolved as far as a mount of ours, and that mount if there is one.</summary>
    public (string Path, PathInMount? Found) Follow(string absolute)
    {
        var pending = new Stack<string>(Parts(absolute).Reverse());
        var walked = new List<string>();
        var links = 0;

        // Around the place that was reached, the innermost on top: a mount may lie in another.
        var inside = new Stack<(MountEntry Mount, int From)>();
        while (pending.TryPop(out var part))
        {
            if (part == "..")
            {
                if (walked.Count > 0) walked.RemoveAt(walked.Count - 1);
                if (inside.TryPeek(out var left) && walked.Count < left.From) inside.Pop();
                continue;
            }

            walked.Add(part);
            var path = Join(walked);
            if (_ours.TryGetValue(path, out var mount))
            {
                inside.Push((mount, walked.Count));
            }
            else if (inside.Count == 0 && links < MaxLinks && readLink(path) is { } target)
            {
                links++;
                walked.RemoveAt(walked.Count - 1);
                if (target.StartsWith('/')) walked.Clear();
                foreach (var step in Parts(target).Reverse())
                    pending.Push(step);
            }
        }

        return (Join(walked), inside.TryPeek(out var found) ? new PathInMount(found.Mount, InView(found.Mount, walked.Skip(found.From))) : null);
    }

    /// <summary>A path relative to the working directory made absolute, without looking at the disk.</summary>
    public static string MakeAbsolute(string raw, string workingDirectory) =>
        raw.StartsWith('/') ? raw : $"{workingDirectory}/{raw}";

    private static string InView(MountEntry mount, IEnumerable<string> below) => Join([.. Parts(mount.Root), .. below]);

    private static string Join(IEnumerable<string> parts) => "/" + string.Join('/', parts);

    private static IEnumerable<string> Parts(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");

    private static string? ReadLink(string path)
    {
        try
        {
            return new FileInfo(RawText.ToText(path)).LinkTarget is { } target ? RawText.FromText(target) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
