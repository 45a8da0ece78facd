import { getTranslations } from 'next-intl/server'

/** V1 is shown, since the old guide and its users speak of it, and cannot be chosen. */
export const VersionChoice = async () => {
  const t = await getTranslations()
  return (
    <div className="field row" role="radiogroup" aria-labelledby="api-version">
      <span className="label" id="api-version">
        {t('field.apiVersion')}
      </span>
      <div>
        <div className="segments">
          <label>
            <input type="radio" name="apiVersion" value="V1" disabled aria-describedby="api-version-help" /> V1
          </label>
          <label>
            <input type="radio" name="apiVersion" value="V2" defaultChecked /> V2
          </label>
        </div>
        <p className="help" id="api-version-help">
          {t('help.v1')}
        </p>
      </div>
    </div>
  )
}
