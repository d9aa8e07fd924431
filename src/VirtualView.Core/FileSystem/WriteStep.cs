namespace VirtualView.Core.FileSystem;

/// <summary>What can be said of a write without waiting: it is done whole, or it must wait.</summary>
/// <param name="IsDone">False: nothing was written, ask <see cref="IWritableFileSystem.WriteAsync"/>, which knows more, errors too.</param>
public readonly record struct WriteStep(bool IsDone)
{
    public static WriteStep MustWait => default;

    public static WriteStep Done => new(true);
}
