using System.Text.Json.Nodes;

namespace BriData.Gateway.SampleWorld;

/// <summary>The sample world as shipped in <c>world.json</c>; its parts are bodies of the HTTP contract.</summary>
internal sealed class SampleWorldDocument
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "SampleWorld");

    private readonly JsonNode _document;

    private SampleWorldDocument(JsonNode document) => _document = document;

    public IEnumerable<string> Countries => _document["countries"]!.AsArray().Select(c => c!.GetValue<string>());

    /// <summary>Agency identifiers with their documents.</summary>
    public IEnumerable<(string Id, JsonNode Document)> Agencies => Named("agencies");

    /// <summary>Data set identifiers with their documents.</summary>
    public IEnumerable<(string Id, JsonNode Document)> DataSets => Named("dataSets");

    /// <summary>Terms of agreements.</summary>
    public IEnumerable<JsonNode> Agreements => _document["agreements"]!.AsArray().Select(a => a!);

    public static SampleWorldDocument Load() => new(JsonNode.Parse(File.ReadAllBytes(Path.Combine(Root, "world.json")))!);

    /// <summary>Path of a shipped data file.</summary>
    public static string DataFile(string name) => Path.Combine(Root, "Data", name);

    private IEnumerable<(string Id, JsonNode Document)> Named(string list) =>
        _document[list]!.AsArray().Select(item => (item!["id"]!.GetValue<string>(), item["document"]!));
}
