using System.Collections.Immutable;
using VirtualView.Cli.Configuration.Reading;

namespace VirtualView.Cli.Configuration.Checks;

/// <summary>Rules for lists that name sources, and for texts that must be there.</summary>
internal static class NameChecks
{
    public static void Run(ImmutableArray<string> names, IEnumerable<string> sources, KeyPath key, MistakeList mistakes)
    {
        var known = sources.ToImmutableArray();
        if (names.IsEmpty)
            mistakes.Add(key, $"there are none; name at least one of {string.Join(", ", known)}");
        for (var index = 0; index < names.Length; index++)
        {
            if (!known.Contains(names[index], StringComparer.OrdinalIgnoreCase))
                mistakes.Add(key / index, $"'{names[index]}' is not in Sources{Nearest.Hint(names[index], known)}; known: {string.Join(", ", known)}");
            else if (names[..index].Contains(names[index], StringComparer.OrdinalIgnoreCase))
                mistakes.Add(key / index, $"'{names[index]}' stands twice; name each source once");
        }
    }

    public static void Present(string? text, KeyPath key, MistakeList mistakes)
    {
        if (string.IsNullOrEmpty(text)) mistakes.Add(key, "is missing; write a glob, such as **/*.nxs");
    }
}
