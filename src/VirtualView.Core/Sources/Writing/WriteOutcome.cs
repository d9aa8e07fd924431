using System.Diagnostics.CodeAnalysis;

namespace VirtualView.Core.Sources.Writing;

/// <summary>What a target did, or why it did not.</summary>
public readonly struct WriteOutcome<T>
{
    private readonly T? _value;

    private WriteOutcome(T? value, WriteError? error) => (_value, Error) = (value, error);

    /// <summary>Null when it was done.</summary>
    public WriteError? Error { get; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Error is null;

    /// <exception cref="InvalidOperationException">The target failed.</exception>
    public T Value => IsOk ? _value! : throw new InvalidOperationException($"the target failed: {Error}");

    public static implicit operator WriteOutcome<T>(T value) => new(value, null);

    public static implicit operator WriteOutcome<T>(WriteError error) =>
        new(default, error ?? throw new ArgumentNullException(nameof(error)));

    public override string ToString() => IsOk ? $"{_value}" : Error.ToString();
}
