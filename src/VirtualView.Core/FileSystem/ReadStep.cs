namespace VirtualView.Core.FileSystem;

/// <summary>What can be said of a read without waiting.</summary>
public readonly record struct ReadStep
{
    private ReadStep(bool isDone, int bytes) => (IsDone, Bytes) = (isDone, bytes);

    /// <summary>Ask <see cref="IViewFileSystem.ReadAsync"/>: it knows more, errors too.</summary>
    public static ReadStep MustWait => default;

    public bool IsDone { get; }

    public int Bytes { get; }

    public static ReadStep Done(int bytes) => new(true, bytes);
}
