using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using VirtualView.Cli.Configuration.Sections;
using VirtualView.Cli.Configuration.Values;

namespace VirtualView.Cli.Configuration.Reading;

/// <summary>
/// Reads a section into its option type, key by key against the type's properties. What does not fit is a mistake and
/// leaves the default, so that one pass finds all mistakes. Keys may be written in any case.
/// </summary>
internal sealed class SectionReader(MistakeList mistakes)
{
    public object Read(IConfigurationSection section, Type type)
    {
        var result = Activator.CreateInstance(type)!;
        if (!HasForm(section, isContainer: true, $"write an object: {{ {Keys(type)} }}")) return result;
        foreach (var child in section.GetChildren())
        {
            if (Property(type, child.Key) is not { } property)
                mistakes.Add(new KeyPath(child.Path), $"unknown key{Nearest.Hint(child.Key, Names(type))}; known here: {Keys(type)}");
            else if (ReadValue(child, property.PropertyType, property.GetCustomAttribute<KeyAttribute>()) is { } value)
                property.SetValue(result, value);
        }

        return result;
    }

    public static PropertyInfo? Property(Type type, string key) =>
        type.GetProperties().FirstOrDefault(property => property.CanWrite && property.Name.Equals(key, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Names(Type type) => type.GetProperties().Where(property => property.CanWrite).Select(property => property.Name);

    private static string Keys(Type type) => string.Join(", ", Names(type));

    private object? ReadValue(IConfigurationSection section, Type type, KeyAttribute? key)
    {
        if (ScalarForm.Of(type) is { } form) return ReadScalar(section, form, key);
        if (!type.IsGenericType) return type == typeof(SourceSection) ? ReadSource(section) : Read(section, type);
        var element = type.GetGenericArguments()[^1];
        return type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
            ? ReadList(section, type, element, key)
            : ReadNamed(section, element, key);
    }

    private object? ReadScalar(IConfigurationSection section, ScalarForm form, KeyAttribute? key)
    {
        if (!HasForm(section, isContainer: false, form.Expectation) || section.Value is not { } text) return null;
        if (form.Parse(text) is not { } value)
        {
            var shown = form.IsConfidential ? "" : $"'{text}' is not legal; ";
            mistakes.Add(new KeyPath(section.Path), shown + form.Expectation);
            return null;
        }

        if (Bounds.Violation(key, form, value) is not { } violation) return value;
        mistakes.Add(new KeyPath(section.Path), $"'{text}' {violation}");
        return null;
    }

    private object? ReadList(IConfigurationSection section, Type type, Type element, KeyAttribute? key)
    {
        if (!HasForm(section, isContainer: true, "write a list: [ ... ]")) return null;
        var values = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        foreach (var child in section.GetChildren().OrderBy(child => int.TryParse(child.Key, out var index) ? index : int.MaxValue))
        {
            if (!int.TryParse(child.Key, out _))
            {
                mistakes.Add(new KeyPath(section.Path), "write a list: [ ... ], not an object");
                return null;
            }

            if (ReadValue(child, element, key) is { } value) values.Add(value);
        }

        var freeze = typeof(ImmutableArray).GetMethods().Single(IsCreateRange).MakeGenericMethod(element);
        return freeze.Invoke(null, [values]);
    }

    private object? ReadNamed(IConfigurationSection section, Type element, KeyAttribute? key)
    {
        if (!HasForm(section, isContainer: true, "write an object: { \"NAME\": ... }")) return null;
        return element == typeof(SourceSection) ? Named<SourceSection>(section, key) : Named<HeaderValue>(section, key);
    }

    private ImmutableSortedDictionary<string, T> Named<T>(IConfigurationSection section, KeyAttribute? key)
    {
        // The configuration system itself has merged the cases of names by now.
        var values = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (ReadValue(child, typeof(T), key) is T value) values[child.Key] = value;
        }

        return values.ToImmutable();
    }

    private object? ReadSource(IConfigurationSection section)
    {
        if (!HasForm(section, isContainer: true, "write an object: { \"Kind\": \"Http\", \"Url\": ... }")) return null;
        var kind = section[nameof(SourceSection.Kind)];
        var available = string.Join(", ", SourceKinds.Available);
        var kindKey = new KeyPath(section.Path) / nameof(SourceSection.Kind);
        if (string.IsNullOrEmpty(kind))
            mistakes.Add(kindKey, $"is missing; write one of {available}");
        else if (SourceKinds.Later.Contains(kind, StringComparer.OrdinalIgnoreCase))
            mistakes.Add(kindKey, $"the kind '{kind}' is not available yet; available: {available}");
        else if (!SourceKinds.Available.Contains(kind, StringComparer.OrdinalIgnoreCase))
            mistakes.Add(kindKey, $"'{kind}' is no kind of source{Nearest.Hint(kind, SourceKinds.Available)}; available: {available}");
        return SourceKinds.SectionOf(kind ?? "") is { } type ? Read(section, type) : new UnknownSourceSection();
    }

    /// <summary>An empty value stands for an empty container, because that is how the configuration system says <c>[]</c>.</summary>
    private bool HasForm(IConfigurationSection section, bool isContainer, string expectation)
    {
        var fits = isContainer ? string.IsNullOrEmpty(section.Value) : !section.GetChildren().Any();
        if (!fits) mistakes.Add(new KeyPath(section.Path), isContainer ? $"is a single value; {expectation}" : $"is not a single value; {expectation}");
        return fits;
    }

    private static bool IsCreateRange(MethodInfo method) =>
        method.Name == nameof(ImmutableArray.CreateRange) && method.GetParameters() is [{ ParameterType: { IsGenericType: true } only }]
        && only.GetGenericTypeDefinition() == typeof(IEnumerable<>);
}
