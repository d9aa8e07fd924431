using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace VirtualView.Core.Paths;

/// <summary>
/// Which paths are meant: those that match, and all that lies below them. Each name of the pattern matches one name
/// (<see cref="NameGlob"/>); <c>**</c> alone matches any number of them. It always begins at the root of the view.
/// </summary>
/// <remarks>
/// A tree is walked with it, name by name: <see cref="Start"/>, then <see cref="Step"/> for each name on the way. A state
/// says which beginnings of the pattern have matched so far, one bit each; 0 is a way on which nothing can match.
/// </remarks>
public sealed class PathGlob
{
    /// <summary>As many names as a state has bits, but one for the whole pattern.</summary>
    public const int MaxNames = 62;

    private readonly ImmutableArray<PathName> _names;
    private readonly bool _isLiteral;

    private PathGlob(VirtualPath path, bool isLiteral)
    {
        (_names, _isLiteral) = (path.Names, isLiteral);
        Start = Close(1);
    }

    /// <summary>The state at the root.</summary>
    public ulong Start { get; }

    private ulong Accepted => 1UL << _names.Length;

    /// <summary>Null when the path has more than <see cref="MaxNames"/> names.</summary>
    public static PathGlob? Of(VirtualPath pattern) => pattern.Names.Length > MaxNames ? null : new PathGlob(pattern, isLiteral: false);

    /// <summary>One path, whatever characters are in it.</summary>
    public static PathGlob? Exactly(VirtualPath path) => path.Names.Length > MaxNames ? null : new PathGlob(path, isLiteral: true);

    /// <summary>Reads a pattern as <see cref="VirtualPath.Parse"/> reads a path.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PathGlob? glob)
    {
        try
        {
            glob = Of(VirtualPath.Parse(text));
        }
        catch (FormatException)
        {
            glob = null;
        }

        return glob is not null;
    }

    /// <summary>True when the path says more than itself.</summary>
    public static bool IsPattern(VirtualPath path) => path.Names.Any(name => NameGlob.IsPattern(name.Bytes));

    public ulong Step(ulong state, PathName name)
    {
        if (IsMatch(state)) return Accepted;
        var next = 0UL;
        for (var at = 0; at < _names.Length; at++)
        {
            if ((state & 1UL << at) == 0) continue;
            if (IsAnyDepth(at)) next |= 1UL << at;
            else if (_isLiteral ? _names[at] == name : NameGlob.Matches(_names[at].Bytes, name.Bytes)) next |= 1UL << (at + 1);
        }

        return Close(next);
    }

    /// <summary>True, with the name, where only one name leads on from this state: who walks a tree need not try the others.</summary>
    public bool TryGetOnlyName(ulong state, out PathName name)
    {
        var at = BitOperations.TrailingZeroCount(state);
        name = BitOperations.IsPow2(state) && at < _names.Length ? _names[at] : default;
        if (name.IsEmpty || IsAnyDepth(at) || !_isLiteral && NameGlob.IsPattern(name.Bytes)) name = default;
        return !name.IsEmpty;
    }

    public ulong StateAt(VirtualPath path)
    {
        var state = Start;
        foreach (var name in path.Names)
            state = Step(state, name);
        return state;
    }

    /// <summary>True when the way to this state, or a beginning of it, matches.</summary>
    public bool IsMatch(ulong state) => (state & Accepted) != 0;

    public bool IsMatch(VirtualPath path) => IsMatch(StateAt(path));

    public override string ToString() => VirtualPath.Of(_names).ToString();

    /// <summary><c>**</c> matches no name as well: what follows it may begin at once.</summary>
    private ulong Close(ulong state)
    {
        for (var at = 0; at < _names.Length; at++)
        {
            if ((state & 1UL << at) != 0 && IsAnyDepth(at)) state |= 1UL << (at + 1);
        }

        return state;
    }

    private bool IsAnyDepth(int at) => !_isLiteral && _names[at].Bytes.SequenceEqual("**"u8);
}
