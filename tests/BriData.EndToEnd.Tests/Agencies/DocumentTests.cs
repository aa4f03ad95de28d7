using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Agencies;

/// <summary>Documents with versions: data sets, agencies, schemes.</summary>
[Collection(GatewayGroup.Name)]
public sealed class DocumentTests(SharedGateway gateway)
{
    private readonly Office _office = gateway.Office;

    [Fact]
    public async Task PutDataSet_StaleVersion_IsRefusedAndChangesNothing()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var exporter = await exchange.ExporterAsync();
        var path = $"v1/datasets/{exchange.DataSet}";
        var second = (await exporter.PutAsync(path, Exchange.GoodsDocument("Second"), ("If-Match", "\"1\""))).Is(200);
        Assert.Equal("\"2\"", second.Header("ETag"));

        (await exporter.PutAsync(path, Exchange.GoodsDocument("Third"), ("If-Match", "\"1\""))).IsProblem(412, "precondition_failed");

        var listed = (await exporter.GetAsync($"v1/datasets?q={exchange.DataSet}")).Is(200).List("items").Single();
        Assert.Equal("Second", listed.GetProperty("title").GetProperty("en").GetString());
        Assert.Equal(2, listed.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task PutDataSet_FieldsWithoutCategories_IsAnsweredWithTheWholeDocument()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var document = Exchange.GoodsDocument();
        document["fields"] = new JsonArray(new JsonObject { ["name"] = "hscode" }, new JsonObject { ["name"] = "weight", ["categories"] = new JsonArray() });

        var put = (await (await exchange.ExporterAsync()).PutAsync($"v1/datasets/{exchange.DataSet}", document)).Is(200);

        Assert.Equal(["hscode", "weight"], put.List("fields").Select(f => f.GetProperty("name").GetString()));
        Assert.Empty(put.List("categories"));
    }

    [Fact]
    public async Task PutDataSet_StricterMark_GovernsTheNextDecision()
    {
        var exchange = await Exchange.CreateAsync(_office, change: t => t["grants"]![0]!["maxLevel"] = "open");
        var body = exchange.Request();
        var importer = await exchange.ImporterAsync();
        Assert.Equal("permitted", (await importer.PostAsync("v1/transfers", body)).Is(201).Value("status"));

        (await (await exchange.ExporterAsync()).PutAsync($"v1/datasets/{exchange.DataSet}", Exchange.GoodsDocument(mark: "internal"))).Is(200);

        var denied = (await importer.PostAsync("v1/transfers", body)).Is(201);
        Assert.Equal("LEVEL_TOO_HIGH", denied.Value("decision", "code"));
    }

    [Fact]
    public async Task PutAgency_StaleVersion_IsRefused()
    {
        var exchange = await Exchange.CreateAsync(_office);
        var admin = await _office.AdminAsync("CN");
        var path = $"v1/agencies/{exchange.Exporter}";
        Assert.Equal("\"1\"", (await admin.GetAsync(path)).Is(200).Header("ETag"));
        (await admin.PutAsync(path, Exchange.AgencyDocument("Second"), ("If-Match", "\"1\""))).Is(200);

        (await admin.PutAsync(path, Exchange.AgencyDocument("Third"), ("If-Match", "\"1\""))).IsProblem(412, "precondition_failed");

        Assert.Equal("Second", (await admin.GetAsync(path)).Is(200).Value("names", "en"));
    }

    [Theory]
    [InlineData("v1/countries/MY/classification-scheme")]
    [InlineData("v1/countries/MY/issuers")]
    [InlineData("v1/countries/MY/witnesses")]
    public async Task PutOfACountry_StaleVersion_IsRefused(string path)
    {
        var admin = await _office.AdminAsync("MY");
        var current = (await admin.GetAsync(path)).Is(200);
        var version = current.Header("ETag")!;
        var next = (await admin.PutAsync(path, JsonNode.Parse(current.Text)!, ("If-Match", version))).Is(200).Header("ETag");
        Assert.NotEqual(version, next);

        (await admin.PutAsync(path, JsonNode.Parse(current.Text)!, ("If-Match", version))).IsProblem(412, "precondition_failed");

        Assert.Equal(next, (await admin.GetAsync(path)).Is(200).Header("ETag"));
    }

    [Fact]
    public async Task ListDataSets_InPages_GivesEachOnceInOrder()
    {
        var officer = await _office.AgencyAsync("KZ/customs");
        var whole = (await officer.GetAsync("v1/datasets?limit=500")).Is(200);
        Assert.Null(whole.Value("next"));
        var expected = whole.List("items").Select(d => d.GetProperty("id").GetString()!).ToArray();
        Assert.True(expected.Length > 3, "The sample world has more than three data sets.");

        var found = new List<string>();
        var cursor = "";
        do
        {
            var page = (await officer.GetAsync($"v1/datasets?limit=3{cursor}")).Is(200);
            found.AddRange(page.List("items").Select(d => d.GetProperty("id").GetString()!));
            cursor = page.Value("next") is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : null;
        }
        while (cursor is not null);

        Assert.Equal(expected, found);
        Assert.Equal(expected.Order(StringComparer.Ordinal), found);
    }

    [Fact]
    public async Task ListCountries_All_IsTheIsoTableWithItsMembers()
    {
        var officer = await _office.AgencyAsync("KZ/customs");

        Assert.Equal(249, (await officer.GetAsync("v1/countries?limit=500")).Is(200).List("items").Length);
        var members = (await officer.GetAsync("v1/countries?members=true")).Is(200).List("items").Select(c => c.GetProperty("code").GetString()!).ToArray();

        Assert.All((string[])["CN", "DE", "KZ", "MY", "SA", "SG", "UZ", "VN"], c => Assert.Contains(c, members));
        Assert.DoesNotContain("FR", members);
    }
}
