using System.Collections.Immutable;
using System.Reflection;
using VirtualView.Cli.Configuration.Reading;
using VirtualView.Cli.Configuration.Sections;
using VirtualView.Cli.Configuration.Values;

namespace VirtualView.Cli.Tests.Configuration;

/// <summary>Every key that the option classes know, found by reflection.</summary>
internal static class KeyCatalog
{
    public static IEnumerable<DocumentedKey> All() => Of(typeof(VirtualViewSection), "");

    private static IEnumerable<DocumentedKey> Of(Type section, string prefix) =>
        section.GetProperties().Where(property => property.CanWrite).OrderBy(property => property.MetadataToken).SelectMany(property => Of(section, property, prefix));

    private static IEnumerable<DocumentedKey> Of(Type section, PropertyInfo property, string prefix)
    {
        var (name, type) = (prefix + property.Name, property.PropertyType);
        if (type == typeof(ImmutableSortedDictionary<string, SourceSection>)) return Sources(name);
        if (ListElement(type) is { } element && ScalarForm.Of(element) is null) return Of(element, $"{name}[].");
        return ScalarForm.Of(ListElement(type) ?? NamedElement(type) ?? type) is null
            ? Of(type, name + ".")
            : [Describe(section, property, name)];
    }

    private static IEnumerable<DocumentedKey> Sources(string name)
    {
        Type[] kinds = [typeof(HttpSourceSection), typeof(LocalSourceSection), typeof(S3SourceSection), typeof(SftpSourceSection)];
        yield return Describe(typeof(LocalSourceSection), typeof(SourceSection).GetProperty(nameof(SourceSection.Kind))!, $"{name}.NAME.Kind");
        foreach (var kind in kinds)
        {
            foreach (var property in kind.GetProperties().Where(property => property.DeclaringType == kind && property.CanWrite).OrderBy(property => property.MetadataToken))
                yield return Describe(kind, property, $"{name}.NAME.{property.Name} ({kind.Name.Replace("SourceSection", "", StringComparison.Ordinal)})");
        }
    }

    private static DocumentedKey Describe(Type section, PropertyInfo property, string name)
    {
        var key = property.GetCustomAttribute<KeyAttribute>() ?? throw new InvalidOperationException($"{name} has no [Key]");
        var type = property.PropertyType;
        var form = ScalarForm.Of(ListElement(type) ?? NamedElement(type) ?? type)!;
        var shown = ListElement(type) is not null ? $"list of {form.Name}" : NamedElement(type) is not null ? $"names and {form.Name}s" : form.Name;
        return new DocumentedKey(name, shown, form.Unit.Length == 0 ? "-" : form.Unit, DefaultOf(section, property, key), BoundsOf(key));
    }

    private static string DefaultOf(Type section, PropertyInfo property, KeyAttribute key)
    {
        if (key.IsRequired) return "required";
        if (key.Default is { } words) return words;
        var value = property.GetValue(Activator.CreateInstance(section));
        return value is bool flag ? (flag ? "`true`" : "`false`") : $"`{value}`";
    }

    private static string BoundsOf(KeyAttribute key)
    {
        var parts = new[] { Bounds.Describe(key), key.Rule, key.TakesEffectLater ? "accepted; takes effect later" : null }.OfType<string>().ToArray();
        return parts.Length == 0 ? "-" : string.Join("; ", parts);
    }

    private static Type? ListElement(Type type) => ElementOf(type, typeof(ImmutableArray<>));

    private static Type? NamedElement(Type type) => type == typeof(ImmutableSortedDictionary<string, HeaderValue>) ? typeof(HeaderValue) : null;

    private static Type? ElementOf(Type type, Type definition) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition ? type.GetGenericArguments()[0] : null;
}
