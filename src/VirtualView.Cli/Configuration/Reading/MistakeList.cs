namespace VirtualView.Cli.Configuration.Reading;

/// <summary>Collects all mistakes of a configuration, so that they are mended in one go.</summary>
internal sealed class MistakeList(Origins origins)
{
    private readonly List<Mistake> _mistakes = [];

    public IReadOnlyList<Mistake> All => _mistakes;

    public void Add(KeyPath key, string problem) => _mistakes.Add(new Mistake(key.ToString(), problem, origins.Of(key)));
}
