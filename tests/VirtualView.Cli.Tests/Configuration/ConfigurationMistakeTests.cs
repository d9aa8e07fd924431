using System.Text.Json.Nodes;
using VirtualView.Cli.Tests.Support;

namespace VirtualView.Cli.Tests.Configuration;

public sealed class ConfigurationMistakeTests
{
    [Fact]
    public void A_good_configuration_has_none() => Assert.Empty(Configurations.MistakesAfter(_ => { }));

    [Theory]
    [InlineData("View", """{ "Name": "exp", "MountPoint": "mnt/exp" }""", "View.MountPoint: 'mnt/exp' is not an absolute path")]
    [InlineData("View", """{ "Name": "exp" }""", "View.MountPoint: is missing")]
    [InlineData("View", """{ "MountPoint": "/mnt/exp" }""", "View.Name: is missing")]
    [InlineData("View", """{ "Name": "a/b", "MountPoint": "/mnt/exp" }""", "View.Name: 'a/b' is not legal")]
    [InlineData("View", """{ "Name": "exp", "MountPiont": "/m" }""", "View.MountPiont: unknown key (did you mean MountPoint?)")]
    [InlineData("View", """{ "Name": "exp", "MountPoint": "/mnt/exp", "AllowOther": "yes" }""", "View.AllowOther: 'yes' is not legal; write true or false")]
    [InlineData("View", """{ "Name": "exp", "MountPoint": "/mnt/exp", "StateDirectory": "/mnt/exp/state" }""", "View.StateDirectory: '/mnt/exp/state' lies inside the mount point")]
    [InlineData("View", """{ "Name": "exp", "MountPoint": "/mnt/exp", "From": "https://x/view.json" }""", "View.From: a shared view definition is not available yet")]
    [InlineData("View", """ "exp" """, "View: is a single value; write an object")]
    [InlineData("Cache", """{ "Capacity": "200 Gib" }""", "Cache.Capacity: '200 Gib' is not legal; write a number with KiB, MiB, GiB")]
    [InlineData("Cache", """{ "BlockSize": "300 KiB" }""", "Cache.BlockSize: '300 KiB' is not a power of two")]
    [InlineData("Cache", """{ "BlockSize": "16 MiB" }""", "Cache.BlockSize: '16 MiB' is too large; 64 KiB to 8 MiB")]
    [InlineData("Cache", """{ "Verify": "Often" }""", "Cache.Verify: 'Often' is not legal; write Once or Always")]
    [InlineData("Cache", """{ "Policies": [ { "Pin": true } ] }""", "Cache.Policies[0].Match: is missing")]
    [InlineData("Cache", """{ "Policies": { "Match": "x" } }""", "Cache.Policies: write a list")]
    [InlineData("Fetch", """{ "Timeout": "30 parsecs" }""", "Fetch.Timeout: '30 parsecs' is not legal; write hh:mm:ss")]
    [InlineData("Fetch", """{ "Timeout": "10ms" }""", "Fetch.Timeout: '10ms' is too small; 1s to 1h")]
    [InlineData("Fetch", """{ "MaxRequest": "128 KiB" }""", "Fetch.MaxRequest: '128 KiB' is less than one block")]
    [InlineData("Coherence", """{ "KeepSnapshots": "many" }""", "Coherence.KeepSnapshots: 'many' is not legal; write a whole number")]
    [InlineData("Service", """{ "Urls": [ "http://127.0.0.1:8443" ] }""", "Service.Urls: a TCP address is not available yet")]
    [InlineData("Sources", "{}", "Sources: there are none")]
    [InlineData("Sources", """{ "web": { "Url": "http://h/" } }""", "Sources.web.Kind: is missing; write one of Http, Local")]
    [InlineData("Sources", """{ "web": { "Kind": "Htp", "Url": "http://h/" } }""", "Sources.web.Kind: 'Htp' is no kind of source (did you mean Http?)")]
    [InlineData("Sources", """{ "web": { "Kind": "S3", "Bucket": "b" } }""", "Sources.web.Kind: the kind 'S3' is not available yet; available: Http, Local")]
    [InlineData("Sources", """{ "web": { "Kind": "Globus" } }""", "Sources.web.Kind: the kind 'Globus' is not available yet")]
    [InlineData("Sources", """{ "web": { "Kind": "Http" } }""", "Sources.web.Url: is missing")]
    [InlineData("Sources", """{ "web": { "Kind": "Http", "Url": "ftp://h/" } }""", "Sources.web.Url: 'ftp://h/' is not legal")]
    [InlineData("Sources", """{ "web": { "Kind": "Http", "Url": "http://h/?a=1" } }""", "Sources.web.Url: has a query")]
    [InlineData("Sources", """{ "web": { "Kind": "Http", "Url": "http://u:p@h/?a=1" } }""", "Sources.web.Url: holds a user or password, and a query or fragment, where secrets stand too")]
    [InlineData("Cache", """{ "BlockSize": "300 kB" }""", "Cache.BlockSize: '300 kB' is not a power of two")]
    [InlineData("Cache", """{ "Capacity": "-5 GiB" }""", "Cache.Capacity: '-5 GiB' is not legal; write a number with KiB, MiB, GiB, TiB, kB, MB, GB or TB, such as 256 KiB; neither negative")]
    [InlineData("Cache", """{ "Capacity": "9999999999 TiB" }""", "Cache.Capacity: '9999999999 TiB' is not legal; write a number with KiB, MiB, GiB, TiB, kB, MB, GB or TB, such as 256 KiB; neither negative nor 8 EiB")]
    [InlineData("Coherence", """{ "KeepSnapshots": 99999999999999999999 }""", "Coherence.KeepSnapshots: '99999999999999999999' is too large; 0 to 100000")]
    [InlineData("Coherence", """{ "PollInterval": "-5s" }""", "Coherence.PollInterval: '-5s' is not legal; write hh:mm:ss, or a number with ms, s, m, h or d, such as 30s; not negative")]
    [InlineData("Cache", "null", "Cache: is null; write a value, or leave the key out")]
    [InlineData("Fetch", """{ "Timeout": null }""", "Fetch.Timeout: is null; write a value, or leave the key out")]
    [InlineData("Sources", """{ "web": { "Kind": "Http", "Path": "/x", "Url": "http://h/" } }""", "Sources.web.Path: unknown key")]
    [InlineData("Sources", """{ "nfs": { "Kind": "Local", "Path": "export" } }""", "Sources.nfs.Path: 'export' is not an absolute path")]
    [InlineData("Sources", """{ "nfs": { "Kind": "Local", "Path": "/mnt/exp/raw" } }""", "Sources.nfs.Path: '/mnt/exp/raw' lies inside the mount point")]
    [InlineData("Sources", """{ "nfs": { "Kind": "Local", "Path": "/mnt" } }""", "Sources.nfs.Path: '/mnt' holds the mount point")]
    [InlineData("Mappings", "[]", "Mappings: there are none")]
    [InlineData("Mappings", """[ { "At": "data", "Sources": [ "web" ] } ]""", "Mappings[0].At: 'data' is not an absolute path in the view")]
    [InlineData("Mappings", """[ { "At": "/a/../b", "Sources": [ "web" ] } ]""", "Mappings[0].At: '/a/../b' is not a path")]
    [InlineData("Mappings", """[ { "At": "/a", "Sources": [ "web" ] }, { "At": "/a/", "Sources": [ "nfs" ] } ]""", "Mappings[1].At: '/a/' is taken by Mappings[0]")]
    [InlineData("Mappings", """[ { "At": "/", "Sources": [ "wbe" ] } ]""", "Mappings[0].Sources[0]: 'wbe' is not in Sources")]
    [InlineData("Mappings", """[ { "At": "/", "Sources": [ "web", "web" ] } ]""", "Mappings[0].Sources[1]: 'web' stands twice")]
    [InlineData("Mappings", """[ { "At": "/", "Sources": [] } ]""", "Mappings[0].Sources: there are none")]
    [InlineData("Mappings", """[ { "At": "/", "Sources": [ "web", "nfs" ], "WriteTo": "nfs" } ]""", "Mappings[0].WriteTo: 'nfs' is not the first of the mapping's Sources")]
    [InlineData("Mappings", """[ { "At": "/", "Sources": [ "web" ], "WriteTo": "web", "ReadOnly": true } ]""", "Mappings[0].WriteTo: the mapping is ReadOnly")]
    [InlineData("Mappings", """[ { "At": "/", "Sources": [ "web" ], "Same": "Size" } ]""", "Mappings[0].Same: 'Size' is not legal; write Checksum or SizeAndTime")]
    [InlineData("Mappings", """[ { "At": "/", "Sources": [ "web" ], "FileMode": "rw-r--r--" } ]""", "Mappings[0].FileMode: 'rw-r--r--' is not legal; write permission bits in octal")]
    [InlineData("Mappings", """[ { "At": "/", "Sources": [ "web" ], "Writes": [ { "Match": "*", "Policy": "Send" } ] } ]""", "Mappings[0].Writes[0].Policy: 'Send' is not legal; write Publish or Private or Deny")]
    [InlineData("Replication", """[ { "Match": "/r/**", "Copies": 3, "On": [ "web" ] } ]""", "Replication[0].Copies: '3' is more than On names sources")]
    public void Each_is_reported_with_key_value_and_what_to_write(string key, string json, string expected)
    {
        var mistakes = Configurations.MistakesAfter(section => section[key] = Configurations.Json(json));
        Assert.Contains(mistakes, mistake => mistake.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void All_are_reported_at_once()
    {
        var mistakes = Configurations.MistakesAfter(section =>
        {
            section["View"]!["MountPoint"] = "relative";
            section["Cache"] = Configurations.Json("""{ "Capacity": "much", "Size": 1 }""");
            section["Sorces"] = new JsonObject();
            section["Mappings"]![0]!["PollInterval"] = "often";
        });
        Assert.Equal(5, mistakes.Length);
        Assert.Contains(mistakes, mistake => mistake.StartsWith("Sorces: unknown key (did you mean Sources?)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mapping_may_name_a_source_whose_kind_is_not_available_yet()
    {
        var mistakes = Configurations.MistakesAfter(section => section["Sources"]!["web"] = Configurations.Json("""{ "Kind": "WebDav", "Url": "dav://h" }"""));
        Assert.Single(mistakes);
    }

    [Fact]
    public void The_file_that_says_so_is_named() =>
        Assert.EndsWith("appsettings.json]", Configurations.MistakesAfter(section => section["View"]!["Name"] = "a b")[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("{ \"VirtualView\": {\n \"View\": { \"Name\": \"x\",, } } }", "not valid JSON", "line 2")]
    [InlineData("{ \"VirtualView\": { \"View\": { \"Name\": \"x\", \"name\": \"y\" } } }", "View.name: duplicate key", "")]
    [InlineData("{ \"VirtualView\": { \"View\": { \"Name\": \"x\" }, \"View\": { \"MountPoint\": \"/m\" } } }", "View: duplicate key", "")]
    [InlineData("{ \"VirtualView\": null }", "VirtualView: the section is missing", "appsettings.json]")]
    [InlineData("[]", "not an object", "")]
    [InlineData("{ \"VirtulView\": {} }", "the section is missing (did you mean VirtulView", "")]
    public void A_file_that_cannot_be_read_says_where(string text, string expected, string place)
    {
        var mistake = Configurations.Read(text).Mistakes[0].ToString();
        Assert.Contains(expected, mistake, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(place, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_in_a_section_that_is_there_twice_is_checked_too()
    {
        var mistakes = Configurations.Read("""{ "VirtualView": { "Cache": { "BlockSize": "1 MB" }, "Cache": { "Capacity": "much" } } }""").Mistakes;
        foreach (var key in new[] { "Cache", "Cache.BlockSize", "Cache.Capacity" }) Assert.Contains(mistakes, mistake => mistake.Key == key);
    }

    [Fact]
    public void A_missing_key_names_the_file_to_write_it_into()
    {
        var mistakes = Configurations.Read("""{ "VirtualView": {} }""").Mistakes;
        Assert.NotEmpty(mistakes);
        Assert.All(mistakes, mistake => Assert.EndsWith("appsettings.json", mistake.Origin, StringComparison.Ordinal));
    }

    [Fact]
    public void No_secret_in_an_address_is_repeated()
    {
        foreach (var address in new[] { "http://u:sekret@h/", "http://h/?token=sekret", "ftp://u:sekret@h/?token=sekret@x", "http://h/#sekret" })
        {
            var mistakes = Configurations.MistakesAfter(section => section["Sources"]!["web"]!["Url"] = address);
            Assert.DoesNotContain("sekret", Assert.Single(mistakes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_else_a_file_holds_is_not_ours() =>
        Assert.Empty(Configurations.Read(Configurations.Good.Insert(Configurations.Good.IndexOf('{', StringComparison.Ordinal) + 1, "\"Logging\": null, \"a\": 1, \"A\": 2,")).Mistakes);

    [Fact]
    public void Keys_and_values_may_be_written_in_any_case_and_with_comments()
    {
        var text = Configurations.Good.Replace("\"Kind\": \"Http\"", "\"kind\": \"http\" /* the web */", StringComparison.Ordinal)
            .Replace("\"MountPoint\"", "\"mountpoint\"", StringComparison.Ordinal);
        var reading = Configurations.Read(text);
        Assert.Empty(reading.Mistakes);
        Assert.Equal("/mnt/exp", reading.Section.View.MountPoint);
    }
}
