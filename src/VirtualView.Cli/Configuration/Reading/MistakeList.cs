namespace VirtualView.Cli.Configuration.Reading;

/// <summary>Collects all mistakes of a configuration, so that they are mended in one go.</summary>
/// <param name="file">Where what nobody said is to be written; null where there is no file.</param>
internal sealed class MistakeList(Origins origins, string? file)
{
    private readonly List<Mistake> _mistakes = [];

    public IReadOnlyList<Mistake> All => _mistakes;

    public void Add(KeyPath key, string problem) => _mistakes.Add(new Mistake(key.ToString(), problem, origins.Of(key) ?? file));

    /// <summary>A value as it was written; a default as it shows itself.</summary>
    public string Written(KeyPath key, object value) => origins.TextOf(key) ?? value.ToString()!;
}
