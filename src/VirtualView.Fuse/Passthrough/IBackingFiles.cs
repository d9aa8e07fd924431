using Microsoft.Win32.SafeHandles;

namespace VirtualView.Fuse.Passthrough;

/// <summary>The files that the kernel holds for us, by their ids.</summary>
internal interface IBackingFiles
{
    /// <summary>False when nothing can be passed through on this mount: then no file is asked for.</summary>
    bool IsAvailable { get; }

    /// <summary>Gives the kernel the file, which the caller may close then. 0 when the kernel refuses it.</summary>
    int Open(SafeFileHandle file);

    /// <summary>The kernel lets go of the file as soon as no open uses it.</summary>
    void Close(int id);
}
