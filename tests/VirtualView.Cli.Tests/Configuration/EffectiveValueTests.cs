using VirtualView.Cli.Configuration;
using VirtualView.Cli.Mounting;
using VirtualView.Cli.Tests.Support;
using VirtualView.Core.Units;

namespace VirtualView.Cli.Tests.Configuration;

public sealed class EffectiveValueTests
{
    [Fact]
    public void Each_value_says_where_it_comes_from()
    {
        var values = EffectiveValues.Of(Configurations.After(_ => { }));
        Assert.Contains(values, value => value is { Key: "View.Name", Value: "exp" } && value.Origin.EndsWith("appsettings.json", StringComparison.Ordinal));
        Assert.Contains(values, value => value is { Key: "Cache.BlockSize", Value: "256 KiB", Origin: "default" });
        Assert.Contains(values, value => value is { Key: "Mappings[0].Sources[1]", Value: "nfs" });
        Assert.Contains(values, value => value is { Key: "Mappings[0].FileMode", Value: "0644", Origin: "default" });
        Assert.Contains(values, value => value is { Key: "Service.Urls", Value: "[]", Origin: "default" });
    }

    [Fact]
    public void Sizes_durations_and_lists_are_read_in_their_units()
    {
        var section = Configurations.After(view =>
        {
            view["Cache"] = Configurations.Json("""{ "Capacity": "1.5 GB", "BlockSize": "1 MiB", "Verify": "Always" }""");
            view["Coherence"] = Configurations.Json("""{ "PollInterval": "00:01:00" }""");
            view["Mappings"]![0]!["PollInterval"] = "5s";
        }).Section;
        Assert.Equal(new ByteSize(1_500_000_000), section.Cache.Capacity);
        Assert.Equal(TimeSpan.FromMinutes(1), section.Coherence.PollInterval);
        var options = EnginePlan.Options(section, Stand.Sources(section));
        var mapping = Assert.Single(options.Mappings);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Polls.IntervalOf(mapping.At));
        Assert.Equal(Stand.Sources(section).Single(source => source.Name == "web").Id, mapping.Sources[0]);
    }
}
