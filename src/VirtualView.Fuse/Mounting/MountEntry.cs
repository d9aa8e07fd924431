namespace VirtualView.Fuse.Mounting;

/// <summary>A line of <c>/proc/self/mountinfo</c>.</summary>
/// <param name="Device">As <c>0:42</c>.</param>
/// <param name="Kind">As <c>fuse.virtualview</c>.</param>
internal sealed record MountEntry(string Device, string MountPoint, string Kind);
