using System.Diagnostics.CodeAnalysis;

namespace VirtualView.Cli;

/// <summary>A value, or why the command must give up.</summary>
internal readonly struct Attempt<T>
    where T : class
{
    private Attempt(T? value, Failure? failure) => (Value, Failure) = (value, failure);

    public T? Value { get; }

    public Failure? Failure { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsOk => Failure is null;

    /// <summary>The same as the conversion, which the language does not make from interfaces.</summary>
    public static Attempt<T> Of(T value) => new(value, null);

    public static implicit operator Attempt<T>(T value) => new(value, null);

    public static implicit operator Attempt<T>(Failure failure) => new(null, failure);
}
