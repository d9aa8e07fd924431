using VirtualView.Cli.Configuration.Reading;
using VirtualView.Cli.Configuration.Sections;
using VirtualView.Core.Paths;

namespace VirtualView.Cli.Configuration.Checks;

internal static class MappingChecks
{
    public static void Run(VirtualViewSection section, KeyPath key, MistakeList mistakes)
    {
        if (section.Mappings.IsEmpty)
            mistakes.Add(key, "there are none; write at least one, such as { \"At\": \"/\", \"Sources\": [ \"NAME\" ] }");
        var seen = new Dictionary<VirtualPath, int>();
        for (var index = 0; index < section.Mappings.Length; index++)
        {
            var mapping = section.Mappings[index];
            PlaceCheck(mapping, index, seen, key / index / nameof(mapping.At), mistakes);
            NameChecks.Run(mapping.Sources, section.Sources.Keys, key / index / nameof(mapping.Sources), mistakes);
            WriteCheck(mapping, key / index, mistakes);
        }
    }

    private static void PlaceCheck(MappingSection mapping, int index, Dictionary<VirtualPath, int> seen, KeyPath key, MistakeList mistakes)
    {
        if (string.IsNullOrEmpty(mapping.At))
            mistakes.Add(key, "is missing; write a path in the view, / for all of it");
        else if (!mapping.At.StartsWith('/'))
            mistakes.Add(key, $"'{mapping.At}' is not an absolute path in the view; write it from / on");
        else if (!TryParse(mapping.At, out var path))
            mistakes.Add(key, $"'{mapping.At}' is not a path; leave out .., and names longer than {PathName.MaxBytes} bytes");
        else if (!seen.TryAdd(path, index))
            mistakes.Add(key, $"'{mapping.At}' is taken by Mappings[{seen[path]}] already; list all sources in one mapping, in order of precedence");
    }

    private static void WriteCheck(MappingSection mapping, KeyPath key, MistakeList mistakes)
    {
        for (var rule = 0; rule < mapping.Writes.Length; rule++)
        {
            NameChecks.Present(mapping.Writes[rule].Match, key / nameof(mapping.Writes) / rule / nameof(WriteRuleSection.Match), mistakes);
            if (mapping.Writes[rule].Policy is null && !mistakes.All.Any(mistake => mistake.Key == (key / nameof(mapping.Writes) / rule / nameof(WriteRuleSection.Policy)).ToString()))
                mistakes.Add(key / nameof(mapping.Writes) / rule / nameof(WriteRuleSection.Policy), "is missing; write Publish or Private or Deny");
        }

        if (string.IsNullOrEmpty(mapping.WriteTo)) return;
        if (mapping.ReadOnly)
            mistakes.Add(key / nameof(mapping.WriteTo), "the mapping is ReadOnly; leave out one of the two");
        else if (mapping.Sources.IsEmpty || !mapping.Sources[0].Equals(mapping.WriteTo, StringComparison.OrdinalIgnoreCase))
            mistakes.Add(key / nameof(mapping.WriteTo), $"'{mapping.WriteTo}' is not the first of the mapping's Sources, so a saved file would vanish behind an older copy; put it first");
    }

    private static bool TryParse(string text, out VirtualPath path)
    {
        try
        {
            path = VirtualPath.Parse(text);
            return true;
        }
        catch (FormatException)
        {
            path = default;
            return false;
        }
    }
}
