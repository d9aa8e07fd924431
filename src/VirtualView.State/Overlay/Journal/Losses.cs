using System.Collections.Immutable;

namespace VirtualView.State.Overlay.Journal;

/// <summary>What could not be read, in words. A list for people: after so many, the rest is a number.</summary>
internal sealed class Losses
{
    private const int Told = 100;

    private readonly List<string> _first = [];
    private int _count;

    public Losses(string? first)
    {
        if (first is not null) Add(first);
    }

    public bool Any => _count > 0;

    public void Add(string loss)
    {
        if (++_count <= Told) _first.Add(loss);
    }

    public ImmutableArray<string> ToImmutable() => _count <= Told ? [.. _first] : [.. _first, $"and {_count - Told} more"];
}
