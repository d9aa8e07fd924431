using System.Text;

namespace VirtualView.Core.Paths;

/// <summary>
/// Matches one name against a pattern: <c>*</c> is any run of bytes, <c>?</c> one character (of a name that is no UTF-8:
/// one byte), <c>[a-z]</c> one of them, <c>[!a-z]</c> one other. All else stands for itself; <c>[*]</c> is a star.
/// </summary>
internal static class NameGlob
{
    public static bool IsPattern(ReadOnlySpan<byte> name) => name.IndexOfAny("*?["u8) >= 0;

    public static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> name)
    {
        // Where to go on when what follows the last star does not fit: the star takes one byte more.
        var (at, to, starAt, starIn) = (0, 0, -1, 0);
        while (to < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (starAt, starIn) = (at++, to);
            }
            else if (at < pattern.Length && TryMatchOne(pattern[at..], name[to..], out var inPattern, out var inName))
            {
                at += inPattern;
                to += inName;
            }
            else if (starAt >= 0)
            {
                (at, to) = (starAt + 1, ++starIn);
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].IndexOfAnyExcept((byte)'*') < 0;
    }

    private static bool TryMatchOne(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> name, out int inPattern, out int inName)
    {
        (inPattern, inName) = (1, 1);
        if (pattern[0] == '?')
        {
            inName = OneCharacter(name, out _);
            return true;
        }

        // A bracket that nothing closes stands for itself. "]" right behind the opening does not close.
        if (pattern[0] == '[' && pattern.Length > 2)
        {
            var isNegated = pattern[1] == '!';
            var first = isNegated ? 2 : 1;
            if (pattern.Length > first + 1 && pattern[(first + 1)..].IndexOf((byte)']') is >= 0 and var length)
            {
                inPattern = first + length + 2;
                inName = OneCharacter(name, out var character);
                return Holds(pattern.Slice(first, length + 1), character) != isNegated;
            }
        }

        return pattern[0] == name[0];
    }

    private static bool Holds(ReadOnlySpan<byte> set, int character)
    {
        while (!set.IsEmpty)
        {
            set = set[OneCharacter(set, out var low)..];
            var high = low;
            if (set.Length > 1 && set[0] == '-')
            {
                set = set[1..];
                set = set[OneCharacter(set, out high)..];
            }

            if (character >= low && character <= high) return true;
        }

        return false;
    }

    private static int OneCharacter(ReadOnlySpan<byte> text, out int character)
    {
        var isValid = Rune.DecodeFromUtf8(text, out var rune, out var bytes) == System.Buffers.OperationStatus.Done;
        // Bytes that are no UTF-8 lie outside of all characters, each for itself.
        character = isValid ? rune.Value : -1 - text[0];
        return isValid ? bytes : 1;
    }
}
