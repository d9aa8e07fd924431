namespace VirtualView.Engine.Tests.Overlay;

internal enum ModelAction
{
    Create,
    MakeDirectory,
    Write,
    WriteWhatIsThere,
    Truncate,
    Empty,
    PunchHole,
    Zero,
    CopyRange,
    Unlink,
    RemoveDirectory,
    Rename,
    RenameNoReplace,
    Exchange,
    Link,
    OpenAndUnlink,
    Restart,
    Kill,
}
