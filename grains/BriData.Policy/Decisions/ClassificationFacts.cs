using BriData.Policy.Classification;
using BriData.Policy.Facts;

namespace BriData.Policy.Decisions;

/// <summary>
/// Facts that follow from the classification of a data set. The stricter of classification and statement holds: a
/// statement can say that data is important or core, never that graded data is not.
/// </summary>
internal static class ClassificationFacts
{
    private static readonly FactDefinition CoreData = FactCatalog.Get(FactNames.CoreData);
    private static readonly FactDefinition ImportantData = FactCatalog.Get(FactNames.ImportantData);
    private static readonly FactDefinition DataKind = FactCatalog.Get(FactNames.DataKind);
    private static readonly FactDefinition Categories = FactCatalog.Get(FactNames.PersonalCategory);

    private static readonly FactValue NotImportant = FactValue.Of("None");
    private static readonly FactValue Notified = FactValue.Of("Notified");
    private static readonly FactValue Personal = FactValue.Of("Personal");
    private static readonly FactValue NonPersonal = FactValue.Of("NonPersonal");

    // One set per combination, made when first met; making it twice does no harm.
    private static readonly FactValue?[] Sets = new FactValue?[1 << 13];

    public static void Add(ref FactSetBuilder platform, DataSetProfile dataSet, FactSet stated)
    {
        var statedCore = stated.TryGet(FactNames.CoreData, out var core) && core.AsBoolean() == true;
        platform.Add(CoreData, dataSet.Grade == EconomicGrade.Core || statedCore);
        platform.AddIfValid(ImportantData, Importance(dataSet.Grade, stated));
        platform.AddIfValid(DataKind, Kind(dataSet.Categories, stated));
        platform.AddIfValid(Categories, CategoriesOf(dataSet.Categories, stated));
    }

    private static FactValue Importance(EconomicGrade grade, FactSet stated)
    {
        var known = stated.TryGet(FactNames.ImportantData, out var value);
        var isImportant = known && value!.AsText() is "Notified" or "PublishedCatalogue";
        return grade == EconomicGrade.General
            ? known ? value! : NotImportant
            : isImportant ? value! : Notified;
    }

    private static FactValue Kind(PersonalCategories categories, FactSet stated)
    {
        var known = stated.TryGet(FactNames.DataKind, out var value);
        var isPersonal = known && value!.AsText() is "Personal" or "Mixed" or "Pseudonymised";
        return categories == PersonalCategories.None
            ? known ? value! : NonPersonal
            : isPersonal ? value! : Personal;
    }

    private static FactValue CategoriesOf(PersonalCategories categories, FactSet stated)
    {
        if (!stated.TryGet(FactNames.PersonalCategory, out var value))
        {
            return SetOf(categories);
        }

        return categories == PersonalCategories.None ? value : FactValue.OfSet(SetOf(categories).AsSet().Concat(value.AsSet()));
    }

    // INVARIANT: the flags of PersonalCategories are in the order of the fact's values.
    private static FactValue SetOf(PersonalCategories categories)
    {
        ref var known = ref Sets[(int)categories & (Sets.Length - 1)];
        return known ??= FactValue.OfSet(Categories.Values.Where((_, flag) => ((int)categories & (1 << flag)) != 0));
    }
}
