using System.Diagnostics.CodeAnalysis;

namespace VirtualView.Core.Outcomes;

/// <summary>A value, or why there is none.</summary>
public readonly struct Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, FileSystemError error) => (_value, Error) = (value, error);

    public FileSystemError Error { get; }

    public bool IsOk => Error == FileSystemError.None;

    /// <summary>The value of a call that succeeded.</summary>
    /// <exception cref="InvalidOperationException">The call failed.</exception>
    public T Value => IsOk ? _value! : throw new InvalidOperationException($"the call failed: {Error}");

    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return IsOk;
    }

    public static implicit operator Outcome<T>(T value) => new(value, FileSystemError.None);

    public static implicit operator Outcome<T>(FileSystemError error) =>
        error == FileSystemError.None ? throw new ArgumentException("a failure needs an error", nameof(error)) : new(default, error);

    public override string ToString() => IsOk ? $"{_value}" : Error.ToString();
}
