using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BriData.Contracts.Transfers;
using BriData.Gateway.Json;
using BriData.Gateway.SampleWorld;

namespace BriData.Benchmarks.Hosting;

/// <summary>What the load needs beside the sample world: agreements in force, and officers who ask under them.</summary>
internal sealed class BenchmarkWorld(SampleApi api)
{
    /// <summary>The request that is repeated; the agreement differs.</summary>
    public const string DataSet = "CN/customs/declarations";

    public const string Purpose = "InternationalTrade";

    private const string Model = "cn-kz-customs";
    private const string LegalBasis = "Customs Code of the importing country, exchange of information";

    /// <summary>Drafts agreements with the grants of the sample world's own and has both parties sign. All identifiers have one length.</summary>
    public async Task<ImmutableArray<string>> CreateAgreementsAsync(int count)
    {
        var model = SampleWorldDocument.Load().Agreements.Single(a => a["id"]!.GetValue<string>() == Model);
        string[] parties = [.. model["parties"]!.AsArray().Select(p => p!.GetValue<string>())];
        var ids = ImmutableArray.CreateBuilder<string>(count);
        for (var i = 1; i <= count; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"bench-{i:d4}");
            var document = model.DeepClone();
            document["id"] = id;
            await api.PostAsync("v1/agreements", await AdministratorAsync(parties[0]), $"draft-{id}", document);
            foreach (var party in parties)
            {
                await api.PostAsync($"v1/agreements/{id}/signatures", await AdministratorAsync(party), $"sign-{id}", null);
            }

            ids.Add(id);
        }

        return ids.MoveToImmutable();
    }

    /// <summary>Tokens of officers of KZ/customs, from the development issuer.</summary>
    public async Task<ImmutableArray<string>> OfficersAsync(int count)
    {
        var tokens = ImmutableArray.CreateBuilder<string>(count);
        for (var i = 0; i < count; i++)
        {
            tokens.Add(await api.TokenAsync("KZ", "customs", "agency", string.Create(CultureInfo.InvariantCulture, $"bench-officer-{i:d2}")));
        }

        return tokens.MoveToImmutable();
    }

    /// <summary>One transfer under each agreement, in order; the answer to the first.</summary>
    public async Task<TransferReply> TouchAsync(ImmutableArray<string> agreements, string officer)
    {
        TransferReply? first = null;
        foreach (var id in agreements)
        {
            var reply = await api.PostAsync("v1/transfers", officer, $"touch-{id}", Request(id));
            first ??= reply.Deserialize(GatewayJson.Default.TransferReply);
        }

        return first!;
    }

    /// <summary>The body of a request.</summary>
    public static JsonObject Request(string agreement) => new()
    {
        ["agreement"] = agreement,
        ["dataset"] = DataSet,
        ["purpose"] = Purpose,
        ["legalBasis"] = LegalBasis,
        ["facts"] = new JsonObject(),
    };

    private Task<string> AdministratorAsync(string country) => api.TokenAsync(country, null, "admin", "bench-administrator");
}
