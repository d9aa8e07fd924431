namespace VirtualView.Fuse;

/// <summary>How a mount is made.</summary>
public enum MountMethod
{
    /// <summary><see cref="System"/>, and where that is not permitted <see cref="Fusermount"/>.</summary>
    Automatic,

    /// <summary>The system call: root, or root of a user namespace.</summary>
    System,

    /// <summary>The set-uid program <c>fusermount3</c>.</summary>
    Fusermount,
}
