namespace BriData.EndToEnd.Tests.Support;

/// <summary>One gateway with the sample world for all tests that neither kill nor restart it. They run one after the other.</summary>
public sealed class SharedGateway : IAsyncLifetime
{
    /// <summary>Members for which no rule pack is shipped; nobody brings one into force for the last of them.</summary>
    internal static readonly string[] Lawless = ["IS", "NO", "LI"];

    private readonly GatewayProcess _process = new([.. Lawless.SelectMany(Founding)]);
    private Office? _office;

    /// <summary>Clients whose answers are all held against the published description.</summary>
    internal Office Office => _office!;

    /// <summary>The description; null when the gateway could not give it, which <c>OpenApiTests</c> reports.</summary>
    internal OpenApiContract? Contract { get; private set; }

    internal GatewayProcess Process => _process;

    public async ValueTask InitializeAsync()
    {
        await _process.StartAsync();
        using var plain = new Office(_process.Address);
        var document = await plain.Anonymous.GetAsync("openapi/v1.json");
        Contract = document.Status == 200 ? OpenApiContract.Parse(document.Body) : null;
        _office = new Office(_process.Address, Contract);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Globalization", "CA1308", Justification = "The issuer's path is in lower case.")]
    private static IEnumerable<string> Founding(string country)
    {
        var issuer = $"{{address}}/dev/issuers/{country.ToLowerInvariant()}";
        yield return $"--BriData:Founding:{country}:0:Issuer={issuer}";
        yield return $"--BriData:Founding:{country}:0:MetadataAddress={issuer}/.well-known/openid-configuration";
    }

    public async ValueTask DisposeAsync()
    {
        _office?.Dispose();
        await _process.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class GatewayGroup : ICollectionFixture<SharedGateway>
{
    public const string Name = "shared gateway";
}
