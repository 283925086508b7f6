/** The profiles of businesses. */
import type { WireBusinessProfile } from "../../../contracts/sandbox-wire-business.ts";
import { define } from "../loader.ts";
import { Collection, modelOf } from "../model.ts";
import { createWid, type Wid } from "../wid.ts";
import { ask } from "../wire.ts";

interface BusinessProfileAttributes {
  id: Wid;
  description: string;
  address: string;
  email: string;
  website: { url: string }[];
  categories: { id: string; localized_display_name: string }[];
  businessHours: object | undefined;
  profileOptions: { commerceExperience: "catalog" | "none"; cartEnabled: boolean };
}
class BusinessProfileModel extends modelOf<BusinessProfileAttributes>("businessProfile") {
  isValid(): boolean {
    return true;
  }
}

class BusinessProfileCollectionImpl extends Collection<BusinessProfileModel> {
  /** Asks the server; undefined for an account that is not a business. */
  async fetchBizProfile(id: Wid): Promise<BusinessProfileModel | undefined> {
    const profile = await ask("businessProfile", { id: id.toString() });
    return profile === null ? undefined : applyProfile(profile);
  }
  find(id: Wid | string): Promise<BusinessProfileModel | undefined> {
    return this.fetchBizProfile(createWid(id));
  }
}
export const BusinessProfileCollection = new BusinessProfileCollectionImpl(BusinessProfileModel);

function applyProfile(profile: WireBusinessProfile): BusinessProfileModel {
  const model = BusinessProfileCollection.get(profile.id) ?? new BusinessProfileModel({ id: createWid(profile.id) });
  model.set({
    description: profile.description,
    address: profile.address,
    email: profile.email,
    website: profile.website.map((url) => ({ url })),
    categories: profile.categories,
    businessHours: profile.hours ?? undefined,
    profileOptions: { commerceExperience: "catalog", cartEnabled: profile.cartEnabled },
  });
  return BusinessProfileCollection.add(model)[0]!;
}

/** What wa-js passes: the fields of a profile that are to be changed. */
interface Edit {
  description?: string;
  address?: string;
  email?: string;
  website?: { url: string | { url: string } }[];
  categories?: { id: string; localized_display_name: string }[];
  businessHours?: Record<string, unknown>;
  business_hours?: Record<string, unknown>;
}

async function editBusinessProfile({ description, address, email, website, categories, ...edit }: Edit): Promise<void> {
  const hours = edit.businessHours ?? edit.business_hours;
  applyProfile(
    await ask("setBusinessProfile", {
      ...(description === undefined ? {} : { description }),
      ...(address === undefined ? {} : { address }),
      ...(email === undefined ? {} : { email }),
      ...(website === undefined
        ? {}
        : { website: website.map(({ url }) => (typeof url === "string" ? url : url.url)) }),
      ...(categories === undefined
        ? {}
        : { categories: categories.map(({ id, localized_display_name }) => ({ id, localized_display_name })) }),
      ...(hours === undefined ? {} : { hours }),
    }),
  );
}

async function updateCartEnabled(cartEnabled: boolean): Promise<{ status: number }> {
  applyProfile(await ask("setBusinessProfile", { cartEnabled }));
  return { status: 200 };
}

define("WAWebBusinessProfileCollection", { BusinessProfileCollection });
define("WAWebBusinessProfileModel", { default: BusinessProfileModel });
define("WAWebEditBusinessProfileAction", { editBusinessProfile });
define("WAWebBizUpdateCartEnabledAction", { updateCartEnabled });
