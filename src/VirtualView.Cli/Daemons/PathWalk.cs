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
        mounts.Where(mount => mount.IsOurs).ToImmutableDictionary(mount => mount.MountPoint);

    public static PathWalk OfThisMachine(ImmutableArray<MountEntry> mounts) => new(mounts, ReadLink);

    /// <summary>The absolute path with links resolved as far as a mount of ours, and that mount if there is one.</summary>
    public (string Path, PathInMount? Found) Follow(string absolute)
    {
        var pending = new Stack<string>(Parts(absolute).Reverse());
        var walked = new List<string>();
        MountEntry? inside = null;
        var (insideFrom, links) = (0, 0);
        while (pending.TryPop(out var part))
        {
            if (part == "..")
            {
                if (walked.Count > 0) walked.RemoveAt(walked.Count - 1);
                if (inside is not null && walked.Count < insideFrom) (inside, insideFrom) = (null, 0);
                continue;
            }

            walked.Add(part);
            if (inside is not null) continue;
            var path = Join(walked);
            if (_ours.TryGetValue(path, out inside))
            {
                insideFrom = walked.Count;
            }
            else if (links < MaxLinks && readLink(path) is { } target)
            {
                links++;
                walked.RemoveAt(walked.Count - 1);
                if (target.StartsWith('/')) walked.Clear();
                foreach (var step in Parts(target).Reverse())
                    pending.Push(step);
            }
        }

        return (Join(walked), inside is null ? null : new PathInMount(inside, InView(inside, walked.Skip(insideFrom))));
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
