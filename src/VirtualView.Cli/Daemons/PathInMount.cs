using VirtualView.Fuse.Mounting;

namespace VirtualView.Cli.Daemons;

/// <summary>A path that was followed as far as a mount of ours: that mount, and the path from the root of its file system.</summary>
internal sealed record PathInMount(MountEntry Mount, string PathInView);
