namespace VirtualView.Fuse.Mounting;

/// <summary>This method may not mount here; another may.</summary>
internal sealed class NotPermittedException(MountException reason) : Exception(reason.Message, reason)
{
    public MountException Reason { get; } = reason;
}
