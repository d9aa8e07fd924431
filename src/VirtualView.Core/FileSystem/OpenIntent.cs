namespace VirtualView.Core.FileSystem;

/// <summary>What a handle is opened for.</summary>
[Flags]
public enum OpenIntent
{
    Read = 1,
    Write = 2,
    Truncate = 4,

    /// <summary>The truncation takes set-user-ID and set-group-ID away, because of who makes it.</summary>
    DropPrivileges = 8,
}
