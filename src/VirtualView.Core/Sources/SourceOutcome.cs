using System.Diagnostics.CodeAnalysis;

namespace VirtualView.Core.Sources;

/// <summary>What a source answered, or why it gave nothing.</summary>
public readonly struct SourceOutcome<T>
{
    private readonly T? _value;

    private SourceOutcome(T? value, SourceError? error) => (_value, Error) = (value, error);

    /// <summary>Null when the source answered.</summary>
    public SourceError? Error { get; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Error is null;

    /// <exception cref="InvalidOperationException">The source failed.</exception>
    public T Value => IsOk ? _value! : throw new InvalidOperationException($"the source failed: {Error}");

    public static implicit operator SourceOutcome<T>(T value) => new(value, null);

    public static implicit operator SourceOutcome<T>(SourceError error) =>
        new(default, error ?? throw new ArgumentNullException(nameof(error)));

    public override string ToString() => IsOk ? $"{_value}" : Error.ToString();
}
