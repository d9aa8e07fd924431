using VirtualView.Core.Paths;

namespace VirtualView.Fuse.Mounting;

/// <summary>One line of <c>/proc/self/mountinfo</c>, as far as it matters here; paths are <see cref="RawText"/>.</summary>
/// <param name="Device">Major and minor number: equal for a mount and its bind mounts.</param>
/// <param name="Root">What part of the file system is mounted: <c>/</c>, or a folder for a bind mount.</param>
public sealed record MountEntry(string Device, string Root, string MountPoint, string Type, string Source)
{
    private const string Subtype = "virtualview";

    /// <summary>Who mounted it, where the file system tells.</summary>
    public uint? UserId { get; init; }

    public bool IsFuse => Type == "fuse" || Type.StartsWith("fuse.", StringComparison.Ordinal);

    public bool IsOurs => IsFuse && (Type == $"fuse.{Subtype}" || Source == Subtype || Source.StartsWith($"{Subtype}:", StringComparison.Ordinal));
}
