using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using BriData.Policy.RulePacks;

namespace BriData.Gateway.SampleWorld;

/// <summary>
/// Loads the sample world through the HTTP API: schemes, rule packs with their second approval, agencies, data sets, signed
/// agreements. A load that was cut short is finished by the next one.
/// </summary>
internal sealed class SampleWorldLoader(SampleApi api)
{
    private const string First = "sample-administrator";
    private const string Second = "sample-second-administrator";

    /// <summary>True when something was loaded, false when all of it was there.</summary>
    public async Task<bool> LoadAsync()
    {
        var world = SampleWorldDocument.Load();
        if (await IsLoadedAsync(world.Agreements.Last()))
        {
            return false;
        }

        foreach (var country in SampleCountries.All)
        {
            await LoadRulesAsync(country);
        }

        foreach (var (id, document) in world.Agencies)
        {
            await api.PutAsync($"v1/agencies/{id}", await AdministratorAsync(id[..2]), document);
        }

        foreach (var (id, document) in world.DataSets)
        {
            await api.PutAsync($"v1/datasets/{id}", await AdministratorAsync(id[..2]), document);
        }

        foreach (var agreement in world.Agreements)
        {
            await SignAsync(agreement);
        }

        return true;
    }

    private async Task LoadRulesAsync(string country)
    {
        var admin = await AdministratorAsync(country);
        if (BuiltInPacks.FindScheme(country) is { } scheme)
        {
            await api.SendAsync(HttpMethod.Put, $"v1/countries/{country}/classification-scheme", admin, null, Content(scheme.Json, "application/json"));
        }

        IEnumerable<BuiltInPack> packs = BuiltInPacks.FindForCountry(country) is { } own
            ? [own, .. BuiltInPacks.FindForPartsOf(country)]
            : BuiltInPacks.FindForPartsOf(country);
        foreach (var pack in packs)
        {
            await api.SendAsync(HttpMethod.Post, $"v1/countries/{country}/rule-packs", admin, $"sample-pack-{pack.Version}", Content(pack.Yaml, "application/yaml"));
            await api.PostAsync($"v1/countries/{country}/rule-packs/{pack.Version}/test", admin, null, null);
            await api.PostAsync(
                $"v1/countries/{country}/rule-packs/{pack.Version}/approve",
                await api.TokenAsync(country, null, "admin", Second),
                $"sample-approve-{pack.Version}",
                null);
        }
    }

    private async Task SignAsync(JsonNode agreement)
    {
        var (id, parties) = Terms(agreement);
        await api.PostAsync("v1/agreements", await AdministratorAsync(parties[0]), $"sample-draft-{id}", agreement);
        foreach (var party in parties)
        {
            await api.PostAsync($"v1/agreements/{id}/signatures", await AdministratorAsync(party), $"sample-sign-{id}", null);
        }
    }

    private async Task<bool> IsLoadedAsync(JsonNode agreement)
    {
        var (id, parties) = Terms(agreement);
        var reader = await AdministratorAsync(parties[0]);
        return await api.ExistsAsync($"v1/agreements/{id}", reader)
            && (await api.GetAsync($"v1/agreements/{id}", reader))["status"]!.GetValue<string>() != "draft";
    }

    private static (string Id, string[] Parties) Terms(JsonNode agreement) =>
        (agreement["id"]!.GetValue<string>(), [.. agreement["parties"]!.AsArray().Select(p => p!.GetValue<string>())]);

    private Task<string> AdministratorAsync(string country) => api.TokenAsync(country, null, "admin", First);

    private static ReadOnlyMemoryContent Content(ReadOnlyMemory<byte> bytes, string mediaType)
    {
        var content = new ReadOnlyMemoryContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }
}
