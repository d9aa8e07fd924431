namespace VirtualView.Core.Outcomes;

/// <summary>How many bytes a read gave (fewer than asked only at the end of the file), or why it gave none.</summary>
public readonly record struct ReadOutcome
{
    private ReadOutcome(int bytes, FileSystemError error) => (Bytes, Error) = (bytes, error);

    public static ReadOutcome Stale => Failed(FileSystemError.Stale);

    public int Bytes { get; }

    public FileSystemError Error { get; }

    public bool IsOk => Error == FileSystemError.None;

    public static ReadOutcome Read(int bytes) =>
        new(bytes >= 0 ? bytes : throw new ArgumentOutOfRangeException(nameof(bytes)), FileSystemError.None);

    public static ReadOutcome Failed(FileSystemError error) =>
        error == FileSystemError.None ? throw new ArgumentException("a failure needs an error", nameof(error)) : new(0, error);
}
