using System.Collections;
using System.Reflection;
using VirtualView.Cli.Configuration.Reading;
using VirtualView.Cli.Configuration.Sections;
using VirtualView.Cli.Configuration.Values;
using VirtualView.Core.Units;

namespace VirtualView.Cli.Configuration;

/// <summary>Every value of a configuration that holds. Secrets appear by reference: that is all the sections know of them.</summary>
internal static class EffectiveValues
{
    private const string Default = "default";

    public static IReadOnlyList<EffectiveValue> Of(ConfigurationReading reading)
    {
        var values = new List<EffectiveValue>();
        AddSection(reading.Section, KeyPath.Root, reading.Origins, values);
        return values;
    }

    private static void AddSection(object section, KeyPath key, Origins? origins, List<EffectiveValue> values)
    {
        foreach (var property in section.GetType().GetProperties().Where(property => property.CanWrite).OrderBy(Depth))
            AddValue(property.GetValue(section), key / property.Name, property, origins, values);
    }

    // A kind before what depends on it.
    private static int Depth(PropertyInfo property) => property.Name == nameof(SourceSection.Kind) ? 0 : 1;

    private static void AddValue(object? value, KeyPath key, PropertyInfo property, Origins? origins, List<EffectiveValue> values)
    {
        switch (value)
        {
            case IDictionary named:
                foreach (DictionaryEntry entry in named)
                    AddValue(entry.Value, key / (string)entry.Key, property, origins, values);
                break;
            case IList list:
                for (var index = 0; index < list.Count; index++)
                    AddValue(list[index], key / index, property, origins, values);
                if (list.Count == 0) values.Add(new EffectiveValue(key.ToString(), "[]", origins?.Of(key) ?? Default));
                break;
            case null:
                var words = property.GetCustomAttribute<KeyAttribute>()?.Default ?? "none";
                values.Add(new EffectiveValue(key.ToString(), $"({words.Replace("`", "", StringComparison.Ordinal)})", Default));
                break;
            case { } scalar when ScalarForm.Of(scalar.GetType()) is not null:
                values.Add(new EffectiveValue(key.ToString(), Show(scalar, key), origins?.Of(key) ?? Default));
                break;
            default:
                AddSection(value, key, origins, values);
                break;
        }
    }

    private static string Show(object value, KeyPath key) => value switch
    {
        bool flag => flag ? "true" : "false",
        ByteSize size => size.ToExactString(),
        HeaderValue header when !header.IsReference && HeaderValue.IsSecretHeader(key.ToString()) => "***",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };
}
