using System.Text;
using VirtualView.Core.Sources;
using VirtualView.Sources.Http.Listing;

namespace VirtualView.Sources.Tests.Http.Listing;

public sealed class HtmlIndexTests
{
    private const string Apache = """
        <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">
        <html>
         <head>
          <title>Index of /data</title>
         </head>
         <body>
        <h1>Index of /data</h1>
          <table>
           <tr><th valign="top"><img src="/icons/blank.gif" alt="[ICO]"></th><th><a href="?C=N;O=D">Name</a></th><th><a href="?C=M;O=A">Last modified</a></th></tr>
        <tr><td valign="top"><img src="/icons/back.gif" alt="[PARENTDIR]"></td><td><a href="/">Parent Directory</a></td></tr>
        <tr><td><a href="100K/">100K/</a></td><td align="right">2026-11-22 17:59  </td><td align="right">  - </td></tr>
        <tr><td><A HREF='a%20%26%20b.nxs'>a &amp; b.nxs</A></td><td align="right"> 36G</td></tr>
        <tr><td><a class=x href=plain.txt>plain.txt</a></td></tr>
        <tr><td><a title="1 > 0" href="x&amp;y&#39;z&#x27;">x</a></td></tr>
        </table>
        <address>Apache/2.4.57 (Debian) Server</address>
        </body></html>
        """;

    [Fact]
    public void An_apache_index_gives_its_entries_and_neither_parent_nor_sorting()
    {
        var (state, entries) = HtmlIndex.Read(Encoding.UTF8.GetBytes(Apache));
        Assert.Equal(HtmlIndexState.Complete, state);
        Assert.Equal(["100K", "a & b.nxs", "plain.txt", "x&y'z'"], entries.Select(entry => entry.Name.ToString()));
        Assert.Equal([EntryKind.Directory, EntryKind.File, EntryKind.File, EntryKind.File], entries.Select(entry => entry.Kind));
        Assert.All(entries, entry => Assert.Null(entry.Validator));
    }

    [Theory]
    [InlineData("../")]
    [InlineData("..")]
    [InlineData("%2e%2e/")]
    [InlineData(".")]
    [InlineData("./")]
    [InlineData("/")]
    [InlineData("/data/x")]
    [InlineData("http://elsewhere/x")]
    [InlineData("//elsewhere/x")]
    [InlineData("mailto:root@localhost")]
    [InlineData("javascript:void(0)")]
    [InlineData("sub/file")]
    [InlineData("sub%2Ffile")]
    [InlineData("a%00b")]
    [InlineData("?C=S;O=A")]
    [InlineData("file?download=1")]
    [InlineData("#top")]
    [InlineData("file#top")]
    [InlineData("")]
    public void A_link_that_leads_elsewhere_is_no_entry(string href) => Assert.Empty(Entries($"<a href=\"{href}\">x</a>"));

    [Theory]
    [InlineData("x", "x")]
    [InlineData("./x", "x")]
    [InlineData("%41", "A")]
    [InlineData("%ff", "\\xFF")]
    [InlineData("100%", "100%")]
    [InlineData("%zz", "%zz")]
    [InlineData("%2541", "%41")]
    [InlineData("a+b", "a+b")]
    [InlineData("a%3Ab", "a:b")]
    [InlineData("..x", "..x")]
    [InlineData("a&b", "a&b")]
    [InlineData("&unknown;", "&unknown;")]
    public void A_link_into_the_directory_is_an_entry(string href, string name) =>
        Assert.Equal(name, Assert.Single(Entries($"<a href=\"{href}\">x</a>")).Name.ToString());

    [Fact]
    public void A_name_that_stands_twice_is_listed_once() => Assert.Single(Entries("<a href=x><img></a> <a href=\"x\">x</a> <a href=%78>"));

    [Fact]
    public void Comments_scripts_and_styles_hold_no_entries() =>
        Assert.Empty(Entries("<!-- <a href=a> --><script>'<a href=b>'</script><STYLE><a href=c></STYLE><link href=d>"));

    [Theory]
    [InlineData("<html><head><title>Welcome to nginx!</title></head><body><a href='docs'>docs</a></body></html>")]
    [InlineData("<html><h1>Sign in</h1><a href='login'>go</a></html>")]
    [InlineData("<html></html>")]
    [InlineData("<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>")]
    public void Another_page_is_no_index(string page) => Assert.Equal(HtmlIndexState.NoIndex, HtmlIndex.Read(Encoding.UTF8.GetBytes(page)).State);

    [Fact]
    public void Wherever_an_index_is_cut_it_is_not_complete()
    {
        var page = Encoding.UTF8.GetBytes(Apache.TrimEnd());
        for (var length = 0; length < page.Length; length++)
            Assert.NotEqual(HtmlIndexState.Complete, HtmlIndex.Read(page.AsMemory(0, length)).State);
    }

    [Fact]
    public void No_page_however_broken_is_an_exception()
    {
        var random = new Random(7);
        var alphabet = Encoding.UTF8.GetBytes("<a href=\"'>/!-&;#x%2 \n");
        for (var round = 0; round < 5_000; round++)
            HtmlIndex.Read(random.GetItems(alphabet, random.Next(60)));
    }

    private static List<SourceEntry> Entries(string links)
    {
        var (state, entries) = HtmlIndex.Read(Encoding.UTF8.GetBytes($"<html><title>Index of /</title>{links}</html>"));
        Assert.Equal(HtmlIndexState.Complete, state);
        return entries;
    }
}
